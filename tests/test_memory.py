"""What is remembered of texts: `newsparse.memory`."""

from newsparse.memory import MAX_TEXTS, Memory


def test_it_is_bounded_and_keeps_what_is_asked_again_and_again():
    worked_out = []
    memory = Memory(lambda text: worked_out.append(text) or len(text))
    for number in range(3 * MAX_TEXTS):
        assert (memory["menu"], memory[f"{number:06}"]) == (4, 6)
        assert len(memory) + len(memory._before) <= 2 * MAX_TEXTS
    assert worked_out.count("menu") == 1
    assert len(worked_out) == 3 * MAX_TEXTS + 1
