"""The network of multilingual-e5-small as OpenVINO computes it, with the weights as they are: 4 bits, exactly.

Model: Wang et al. (2024), "Multilingual E5 Text Embeddings"; a BERT of twelve layers.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np

from assistant.embedding.weights import ZERO, Shape, Weights
from assistant.kept import kept
from assistant.leaving_out import leaving_out

# It would write a number for this user in the home folder, to tell the makers of OpenVINO what is used.
with leaving_out("openvino_telemetry"):
    import openvino as ov
    from openvino import opset13 as op

DEVICE = "CPU"
LAYERS = (4, 8, 12)
"""The layers, counted from one, that a text is averaged after. The last one's mean is its vector; what the others make
of a text tells more about whether it is a crisis."""

SHUT_OUT = 10_000.0
"""What is taken from the attention to a place that only fills up a batch."""


def build_graph(weights: Weights) -> Any:
    """A network from embedded tokens (texts, tokens, width) to the means of a text after each of `LAYERS`.

    Its second input says which tokens count (1.0 or 0.0).
    """
    shape = weights.shape
    tokens = op.parameter([-1, -1, shape.width], np.float32, name="tokens")
    counted = op.parameter([-1, -1], np.float32, name="counted")
    shut_out = (op.unsqueeze(counted, _whole(1, 2)) - _real(1.0)) * _real(SHUT_OUT)
    state = _normalised(tokens, weights, "emb.ln")
    column = op.unsqueeze(counted, _whole(2))
    means = []
    for number in range(shape.layers):
        state = _layer(state, shut_out, weights, f"l{number}.")
        if number + 1 in LAYERS:
            means.append(op.reduce_sum(state * column, _whole(1)) / op.reduce_sum(column, _whole(1)))
    return ov.Model(means, [tokens, counted], "multilingual-e5-small")


def _layer(state: Any, shut_out: Any, weights: Weights, layer: str) -> Any:
    shape = weights.shape
    query, key, value = (_heads(_linear(state, weights, f"{layer}{part}", shape.width), shape) for part in "qkv")
    seen = op.scaled_dot_product_attention(query, key, value, shut_out)
    together = op.reshape(op.transpose(seen, _whole(0, 2, 1, 3)), _whole(0, 0, shape.width), True)
    state = _normalised(state + _linear(together, weights, f"{layer}ao", shape.width), weights, f"{layer}aln")
    inner = op.gelu(_linear(state, weights, f"{layer}fi", shape.width), "erf")
    return _normalised(state + _linear(inner, weights, f"{layer}fo", shape.inner), weights, f"{layer}oln")


def _heads(state: Any, shape: Shape) -> Any:
    apart = op.reshape(state, _whole(0, 0, shape.heads, shape.width // shape.heads), True)
    return op.transpose(apart, _whole(0, 2, 1, 3))


def _linear(state: Any, weights: Weights, name: str, inputs: int) -> Any:
    """Only in this form does OpenVINO keep the weights in 4 bits and compute with whole numbers."""
    scales, numbers = weights.quantised(f"{name}.w", inputs)
    packed = np.ascontiguousarray(numbers[..., 0::2] | numbers[..., 1::2] << 4)
    tensor = ov.Tensor(packed.reshape(-1), ov.Shape(list(numbers.shape)), ov.Type.u4)
    whole = op.convert(op.constant(tensor, shared_memory=False), np.float16)
    zero = op.convert(op.constant(np.array([ZERO], np.uint8)), np.float16)
    matrix = op.reshape((whole - zero) * op.constant(scales), _whole(len(numbers), inputs), False)
    product = op.matmul(state, op.convert(matrix, np.float32), False, True)
    return product + op.constant(weights.floats(f"{name}.b"))


def _normalised(state: Any, weights: Weights, name: str) -> Any:
    centred = op.mvn(state, _whole(-1), True, weights.epsilon, "inside_sqrt")
    return centred * op.constant(weights.floats(f"{name}.w")) + op.constant(weights.floats(f"{name}.b"))


def _whole(*numbers: int) -> Any:
    return op.constant(np.array(numbers, np.int64))


def _real(number: float) -> Any:
    return op.constant(np.array([number], np.float32))


def compile_graph(weights: Weights, *, streams: int, threads: int) -> Any:
    """The network ready to run on this processor, in so many texts or batches at once, on so many threads together.

    What an earlier run compiled is read back, which takes a quarter of the time. Raises what OpenVINO raises, mostly
    `RuntimeError`.
    """
    return ov.Core().import_model(BytesIO(_compiled(weights, streams, threads)), DEVICE, _settings(streams, threads))


@kept(
    lambda weights, streams, threads: [weights.stamp, f"{ov.__version__} {_processor()} {streams} {threads}".encode()]
)
def _compiled(weights: Weights, streams: int, threads: int) -> bytes:
    exported = BytesIO()
    ov.Core().compile_model(build_graph(weights), DEVICE, _settings(streams, threads)).export_model(exported)
    return exported.getvalue()


def _settings(streams: int, threads: int) -> dict[str, Any]:
    return {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",  # bfloat16 changes vectors
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": 32,  # as the C engine does
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": streams,
        "ENABLE_CPU_PINNING": False,  # two processes would be pinned to the same core
    }


def _processor() -> str:
    """What the network was compiled for: the name of the processor and what it can do."""
    core = ov.Core()
    return f"{core.get_property(DEVICE, 'FULL_DEVICE_NAME')} {core.get_property(DEVICE, 'OPTIMIZATION_CAPABILITIES')}"


def version() -> str:
    """The version of OpenVINO, as `2026.4.1`."""
    return str(ov.__version__).split("-")[0]
