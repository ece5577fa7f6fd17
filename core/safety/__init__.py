"""Text and files of strangers, made safe to show, store and open."""
