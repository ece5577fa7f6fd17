"""What pages show: plain values, the same for HTML and for JSON. Texts are as the outlets printed them."""
