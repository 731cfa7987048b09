"""OpenDocument texts made by hand."""

import io
import zipfile

_NAMES = ("office", "text", "table", "style", "draw", "fo", "svg", "xlink", "dc")
_NS = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES)


def make_odt(
    body: str, *, automatic: str = "", styles: str = "", files: dict[str, bytes] | None = None, manifest: str = "<x/>"
) -> bytes:
    """A package of a body.

    Args:
        body: XML inside `office:text`.
        automatic: automatic styles of the body.
        styles: XML inside the root of `styles.xml`.
        files: further files by path.
        manifest: `META-INF/manifest.xml`.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("styles.xml", f"<office:document-styles {_NS}>{styles}</office:document-styles>")
        package.writestr(
            "content.xml",
            f"<office:document-content {_NS}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        for name, data in (files or {}).items():
            package.writestr(name, data)
    return out.getvalue()
