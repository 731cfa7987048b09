"""The workbench: pages rendered here, one style sheet, one script."""
