from tasks.group.word_memory import WordMemory


def test_each_word_is_worked_out_once() -> None:
    asked: list[str] = []

    def measure(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = WordMemory(measure)
    assert list(map(memory.__getitem__, ["quay", "harbour", "quay"])) == [4, 7, 4]
    assert asked == ["quay", "harbour"]


def test_a_memory_that_is_full_begins_anew() -> None:
    memory = WordMemory(str.upper, largest=2)
    assert [memory[word] for word in ("quay", "pier", "mole")] == ["QUAY", "PIER", "MOLE"]
    assert list(memory) == ["mole"]
