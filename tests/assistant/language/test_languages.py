"""The language of a question; Dutch when in doubt."""

from __future__ import annotations

import pytest

from assistant.language.languages import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie helpt mij met schulden?", "nl"),
        ("schuldhulp emmen", "nl"),
        ("hoi", "nl"),
        ("", "nl"),
        ("veur mien olde moeder in emmen", "nl"),
        ("ik hep schuldn en weet neit wat te doen", "nl"),
        ("Where can I get help with debts?", "en"),
        ("Wo bekomme ich Hilfe für meine Mutter?", "de"),
        ("Gdzie mogę dostać pomoc dla mojej mamy?", "pl"),
        ("Borçlarım için nereden yardım alabilirim?", "tr"),
        ("Де я можу отримати допомогу?", "uk"),
        ("أين أجد المساعدة؟", "ar"),
    ],
)
def test_the_language_is_recognised(text: str, language: str) -> None:
    assert detect_language(text) == language
