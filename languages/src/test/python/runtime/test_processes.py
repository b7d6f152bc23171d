# SPDX-License-Identifier: Apache-2.0
"""Threads, forks, kills, and programs that close what they did not open."""

import signal


def test_threads_do_not_disturb_one_another(run):
    recorded = run(
        """
        import threading
        def work():
            for _ in range(500):
                call(len, '')
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """
    )
    assert len(recorded.of("entry")) == 4000 and recorded.open() == 0
    for token in {e["token"] for e in recorded.events}:
        assert token
    threads = {}
    for event in recorded.events:
        threads.setdefault(event["token"], set()).add(event["thread"])
    assert {len(seen) for seen in threads.values()} == {1}


def test_processes_append_whole_lines_to_one_file(run):
    recorded = run(
        """
        import os
        name = 'n' * 700
        children = []
        for _ in range(4):
            pid = os.fork()
            if pid == 0:
                for _ in range(500):
                    _tel.func_exit(_tel.func_entry(name, ''), 1)
                os._exit(0)
            children.append(pid)
        for pid in children:
            assert os.waitpid(pid, 0)[1] == 0
        """
    )
    assert len(recorded.of("entry")) == 2000 and recorded.open() == 0
    assert len({e["pid"] for e in recorded.events}) == 4


def test_a_fork_makes_fresh_tokens(run):
    recorded = run(
        """
        import os
        call(len, '')
        pid = os.fork()
        for _ in range(3):
            call(len, '')
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        """
    )
    assert len(recorded.of("entry")) == 7
    assert recorded.open() == 0  # which holds every token against every other
    assert len({e["pid"] for e in recorded.events}) == 2


def test_a_fork_cannot_complete_its_parents_calls(run):
    recorded = run(
        """
        import os
        def fork():
            if os.fork():
                os.wait()
        call(fork)
        """
    )
    assert sorted(e["event"] for e in recorded.events) == ["entry", "exit", "superseded"]
    entry, end = recorded.of("entry")[0], recorded.of("exit")[0]
    assert entry["pid"] == end["pid"] != recorded.of("superseded")[0]["pid"]
    assert recorded.open() == 0


def test_events_are_there_when_the_process_is_killed(run):
    recorded = run(
        """
        import os, signal
        def die():
            os.kill(os.getpid(), signal.SIGKILL)
        call(len, '')
        call(die)
        """,
        code=-signal.SIGKILL,
    )
    assert [e["event"] for e in recorded.events] == ["entry", "exit", "entry"]
    assert recorded.open() == 1


def test_goes_on_where_the_program_closes_all_files(run):
    recorded = run(
        """
        import os
        call(len, '')
        os.closerange(3, 4096)
        mine = [os.open('mine.txt', os.O_RDWR | os.O_CREAT) for _ in range(50)]
        call(len, '')
        assert os.fstat(mine[0]).st_size == 0, 'wrote into the program\\'s own file'
        """
    )
    assert len(recorded.events) == 4 and recorded.open() == 0


def test_a_full_disk_is_no_concern_of_the_program(run):
    recorded = run("assert call(len, 'four') == 4", TELEMETRY_FILE="/dev/full")
    assert not recorded.err


def test_only_its_own_errors_are_absorbed(run):
    recorded = run(
        """
        def fail():
            raise OSError(28, 'the program\\'s own')
        try:
            call(fail)
        except OSError as error:
            assert error.errno == 28
        else:
            raise SystemExit('absorbed')
        """,
        TELEMETRY_FILE="/dev/full",
    )
    assert not recorded.err


def test_finds_its_file_after_the_program_went_elsewhere(run):
    recorded = run(
        """
        import os
        os.mkdir('sub')
        os.chdir('sub')
        os.closerange(3, 4096)
        call(len, '')
        """,
        TELEMETRY_FILE="events.jsonl",
    )
    assert len(recorded.events) == 2


def test_the_file_is_not_inherited(run):
    recorded = run(
        """
        import subprocess, sys
        program = "import os; print([fd for fd in range(3, 1024) if os.path.exists(f'/proc/self/fd/{fd}')])"
        call(len, '')
        environment = {'TELEMETRY_EXPORTER': 'none'}
        print(subprocess.run([sys.executable, '-c', program], close_fds=False, env=environment).returncode)
        """
    )
    assert "1003" not in recorded.out


def test_lines_longer_than_a_pipe_takes_at_once_come_whole(run):
    recorded = run(
        """
        import os, signal, threading, time
        read, write = os.pipe()
        os.dup2(write, 2)
        got = []
        def drain():
            time.sleep(0.05)
            while True:
                chunk = os.read(read, 1000)
                if not chunk:
                    return
                got.append(chunk)
        thread = threading.Thread(target=drain)
        # A write that a signal interrupts when the pipe is full has written a part.
        signal.signal(signal.SIGALRM, lambda *_: None)
        signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
        thread.start()
        name = 'n' * 300_000
        _tel.func_exit(_tel.func_entry(name, ''), 1)
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.close(2); os.close(write)
        thread.join()
        import json
        lines = b''.join(got).splitlines()
        assert [len(json.loads(line)['function']) for line in lines] == [300_008] * 2
        """,
        TELEMETRY_FILE=None,
    )
    assert recorded.code == 0
