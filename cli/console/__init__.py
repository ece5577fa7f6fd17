"""What the verbs share: options, answers in every format, progress and stopping."""
