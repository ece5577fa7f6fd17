"""The words around a figure: what they say of the event, in English or by an English word of another language."""
