"""The desk: pages that show what the lake holds, as one static file (report) or live on loopback (dashboard)."""
