"""What all tests share: no example has a deadline, since a busy machine is no fault of the program."""

from hypothesis import settings

settings.register_profile("newsparse", deadline=None)
settings.load_profile("newsparse")
