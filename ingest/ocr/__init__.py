"""Characters from pictures: PP-OCRv6 weights that come inside installed packages, run by ONNX Runtime."""
