"""Word tables a lawyer may edit."""
