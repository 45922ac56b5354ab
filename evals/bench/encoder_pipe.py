"""Lends our encoder to a peer in another environment: a line of JSON comes in, the bytes of a vector go out.

`python -m evals.bench.encoder_pipe DATA`. The pipe costs a tenth of a millisecond, so a peer can be measured with the
very encoder that we use ourselves.
"""

from __future__ import annotations

import json
import sys
from array import array
from pathlib import Path

from assistant.build import build_embedder
from assistant.settings import read_settings


def main() -> None:
    """Answers until the other side closes the pipe. The first line out is the size of a vector in bytes."""
    embedder = build_embedder(read_settings(data_dir=Path(sys.argv[1])))
    out = sys.stdout.buffer
    out.write(f"{4 * embedder.dimension}\n".encode())
    out.flush()
    for line in sys.stdin:
        [vector] = embedder.embed_questions([json.loads(line)])
        out.write(array("f", vector).tobytes())
        out.flush()


if __name__ == "__main__":
    main()
