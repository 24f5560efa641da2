"""What all tests share: no example has a deadline, since a busy machine is no fault of the program; signals are heard.

Under nohup, and in the background of a script, signals are ignored, and the programs that a test starts would ignore
them too. What is caught here, if only to do nothing, is heard by them.
"""

import signal

from hypothesis import settings

settings.register_profile("newsparse", deadline=None)
settings.load_profile("newsparse")

for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)
