package io.patchbay.executor.box;

import io.patchbay.executor.Execution;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Outcome.Returned;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Code that means harm, and what must come of it.
 *
 * @param expected what {@link #summary} of the execution must match
 */
record HostileCode(String name, String expected, Duration limit, String source) {

  boolean isContained(Execution execution) {
    return Pattern.compile(expected, Pattern.DOTALL).matcher(summary(execution)).matches();
  }

  /** {@code RETURNED json} or {@code REASON message}. */
  static String summary(Execution execution) {
    return switch (execution.outcome()) {
      case Returned(String json) -> "RETURNED " + json;
      case Failed failed -> failed.reason() + " " + failed.message();
    };
  }

  @Override
  public String toString() {
    return name;
  }

  static List<HostileCode> all() {
    return List.of(
        top("fork bomb", "EXCEPTION PermissionError.*", "while True: os.fork()"),
        main(
            "fork bomb by the C library",
            "RETURNED \\[-1,-1,-1]",
            "return [libc.fork(), libc.vfork(), libc.syscall(56, 17, 0, 0, 0, 0)]"),
        main(
            "program start",
            "EXCEPTION PermissionError.*",
            "import subprocess; return subprocess.run(['/usr/bin/id']).returncode"),
        main(
            "thread bomb",
            "RETURNED [1-6]?\\d",
            """
            import threading
            n = 0
            try:
                while True:
                    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                    n += 1
            except RuntimeError:
                return n
            """),
        main("memory bomb", "OUT_OF_MEMORY .*", "return len(b'x' * (1 << 40))"),
        main(
            "memory bomb in small pieces",
            "OUT_OF_MEMORY .*",
            "l = []\nwhile True: l.append(bytearray(1 << 16))"),
        main(
            "memory bomb past the allocator",
            "EXCEPTION OSError.*memory.*",
            """
            import mmap
            maps = []
            while True:
                maps.append(mmap.mmap(-1, 1 << 24))
                maps[-1].write(b'x' * (1 << 24))
            """),
        main(
            "memory bomb by descriptors",
            "EXCEPTION (PermissionError|OSError).*",
            "f = os.memfd_create('x')\nwhile True: os.write(f, b'x' * (1 << 20))"),
        main("100 000 descriptors", "EXCEPTION OSError.*Too many.*", "while True: os.dup(0)"),
        main(
            "filling /tmp",
            "EXCEPTION OSError.*(No space|too large).*",
            """
            for i in range(100):
                with open(f'/tmp/{i}', 'wb') as f: f.write(b'x' * (1 << 20))
            """),
        main(
            "a million inodes",
            "EXCEPTION OSError.*No space.*",
            "for i in range(1000000): os.mkdir(f'/tmp/{i}')"),
        main("/etc/shadow", "EXCEPTION FileNotFoundError.*", "return open('/etc/shadow').read()"),
        main(
            "home folders",
            "RETURNED \\[\\]",
            "return [p for p in ('/root', '/home', '/var', '/run', '/sys', '/proc', '/tmp/.launcher') if os.path.exists(p)]"),
        main("its own memory", "EXCEPTION FileNotFoundError.*", "return open('/proc/self/mem')"),
        main("writing beside /tmp", "EXCEPTION OSError.*Read-only.*", "open('/usr/x', 'w')"),
        main("kill -1", "EXCEPTION ProcessLookupError.*", "os.kill(-1, 9)"),
        main(
            "killing and stopping all numbers",
            "RETURNED 1",
            """
            for s in (9, 19, 15):
                for pid in (0, os.getpid(), os.getppid(), 1):
                    os.kill(pid, s)
                for pid in range(2, 5000):
                    try: os.kill(pid, s)
                    except ProcessLookupError: pass
            return 1
            """),
        main("os._exit", "NO_RESULT .*3.*", "os._exit(3)"),
        top("os._exit at the top level", "NO_RESULT .*", "os._exit(0)"),
        main("segfault", "KILLED .*SIGSEGV.*", "ctypes.string_at(0)"),
        main("abort", "KILLED .*", "os.abort()"),
        main(
            "endless recursion below Python",
            "KILLED .*SIGSEGV.*|EXCEPTION RecursionError.*|OUT_OF_MEMORY.*",
            """
            sys.setrecursionlimit(10**9)
            x = []
            for _ in range(10**6): x = [x]
            return len(repr(x))
            """),
        main("deep recursion", "EXCEPTION RecursionError.*", "return main(event, context)"),
        looping("endless loop", "while True: pass"),
        looping(
            "sleep with all signals blocked",
            "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); time.sleep(60)"),
        looping("endless loop in C", "libc.pause()"),
        looping("endless regular expression", "import re; re.match('(a+)+$', 'a' * 60 + 'b')"),
        looping(
            "endless exception handler",
            "while True:\n    try: time.sleep(60)\n    except BaseException: pass"),
        new HostileCode(
            "endless top level",
            "TIMEOUT .*",
            Duration.ofSeconds(1),
            "while True: pass\ndef main(e, c): pass"),
        main(
            "1 GB of print",
            "RETURNED 1",
            "for _ in range(1024): print('x' * (1 << 20))\nreturn 1"),
        main(
            "1 GB of empty lines in big prints",
            "RETURNED 1",
            "for _ in range(256): print('\\n' * (1 << 20))\nreturn 1"),
        main(
            "1 GB straight to descriptor 1",
            "EXCEPTION OSError.*too large.*",
            "for _ in range(1024): os.write(1, b'x' * (1 << 20))"),
        main(
            "garbage to every descriptor",
            "KILLED .*",
            """
            for fd in range(256):
                try: os.write(fd, b'\\xff' * 1000)
                except OSError: pass
            time.sleep(60)
            """),
        main("closing every descriptor", "NO_RESULT .*", "os.closerange(0, 256)"),
        main(
            "shutting the connection",
            "KILLED .*",
            "socket.socket(fileno=3).shutdown(2)\ntime.sleep(60)"),
        main(
            "a frame that never ends",
            "TIMEOUT .*",
            "os.write(3, b'\\x16\\x00\\x10\\x00\\x00x')\ntime.sleep(60)",
            Duration.ofSeconds(1)),
        main(
            "a frame of 4 GB",
            "RESULT_TOO_LARGE .*",
            "os.write(3, b'\\x16\\xff\\xff\\xff\\xff')\ntime.sleep(60)"),
        main(
            "a flood of frames",
            "KILLED .*",
            "while True: os.write(3, b'\\x12\\x00\\x00\\xff\\x00' + b'\\n' * 0xff00)"),
        main(
            "a forged result and then a loop",
            "RETURNED \"forged\"",
            "os.write(3, b'\\x16\\x00\\x00\\x00\\x08\"forged\"')\nwhile True: pass"),
        main(
            "a forged result that is not JSON",
            "BAD_RESULT .*",
            "os.write(3, b'\\x16\\x00\\x00\\x00\\x01{')"),
        main("50 MB result", "RESULT_TOO_LARGE .*", "return 'x' * (50 << 20)"),
        main("NaN", "BAD_RESULT .*", "return {'body': float('nan')}"),
        main("Infinity", "BAD_RESULT .*", "return [float('inf')]"),
        main("lone surrogates", "BAD_RESULT .*", "return '\\ud800'"),
        main("a set", "BAD_RESULT .*", "return {1}"),
        main("a result that holds itself", "BAD_RESULT .*", "l = []; l.append(l); return l"),
        main("10 000 levels", "BAD_RESULT .*", "x = []\nfor _ in range(10000): x = [x]\nreturn x"),
        main(
            "300 levels",
            "BAD_RESULT .*200 levels.*",
            "x = []\nfor _ in range(300): x = [x]\nreturn x"),
        main("SystemExit", "EXCEPTION SystemExit.*", "sys.exit(0)"),
        main(
            "atexit that hangs",
            "RETURNED 1",
            "import atexit; atexit.register(time.sleep, 60); return 1"),
        main(
            "a thread that lives on",
            "RETURNED 1",
            "import threading; threading.Thread(target=time.sleep, args=(60,)).start(); return 1"),
        main("another architecture", "KILLED .*", OTHER_ARCHITECTURE),
        main(
            "the x32 door",
            "RETURNED \\[-1,38]",
            "return [libc.syscall(0x40000000 + 57, 0), ctypes.get_errno()]"),
        main(
            "killing its process group",
            "RETURNED 1",
            """
            for group in (0, -os.getpgrp()):
                for s in (9, 19, 15):
                    try: os.kill(group, s)
                    except ProcessLookupError: pass
            return 1
            """),
        main("standard input", "RETURNED \"\"", "return sys.stdin.read() + os.read(0, 9).decode()"),
        main("no sockets but TCP", "RETURNED \\[13,13,13,13,13,13]", OTHER_SOCKETS),
        main("connect by the C library", "RETURNED \\[-1,13]", C_CONNECT),
        main(
            "fast open",
            "EXCEPTION PermissionError.*",
            "s = socket.socket(); s.sendto(b'x', 0x20000000, ('127.0.0.1', 80))"),
        main("addresses and fast open by other calls", "RETURNED \\[13,13,13,1,1,1]", OTHER_DOORS),
        main(
            "speaking for another process",
            "KILLED .*",
            "os.write(3, b'\\x15\\x00\\x00\\x00\\x04\\x00\\x00\\x00\\x07'); time.sleep(60)"),
        main("listening", "EXCEPTION PermissionError.*", "socket.socket().bind(('127.0.0.1', 0))"));
  }

  private static final String OTHER_SOCKETS =
      """
      errors = []
      for family, kind in ((2, 2), (2, 3), (1, 1), (16, 3), (17, 3), (40, 1)):
          try: socket.socket(family, kind)
          except OSError as e: errors.append(e.errno)
      return errors
      """;

  private static final String OTHER_DOORS =
      """
      s = socket.socket()
      errors = []
      address = ctypes.create_string_buffer(bytes((2, 0, 0, 80, 127, 0, 0, 1)) + bytes(8))
      header = (ctypes.c_uint64 * 8)(ctypes.addressof(address), 16)
      fast = 0x20000000
      for number, arguments in ((44, (b"x", 1, 0, address, 16)), (46, (header, fast)), (307, (header, 1, fast))):
          libc.syscall(number, s.fileno(), *arguments)
          errors.append(ctypes.get_errno())
      for level, name in ((0, 4), (1, 25), (6, 30)):
          try: s.setsockopt(level, name, b"lo" + bytes(14))
          except OSError as e: errors.append(e.errno)
      return errors
      """;

  /** getpid() by the 32-bit door: {@code mov eax, 20; int 0x80; ret}. */
  private static final String OTHER_ARCHITECTURE =
      """
      import mmap
      page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
      page.write(bytes.fromhex('b814000000cd80c3'))
      address = ctypes.addressof(ctypes.c_char.from_buffer(page))
      return ctypes.CFUNCTYPE(ctypes.c_int)(address)()
      """;

  private static final String C_CONNECT =
      """
      s = socket.socket()
      address = bytes((2, 0, 0, 80, 127, 0, 0, 1)) + bytes(8)
      return [libc.connect(s.fileno(), address, 16), ctypes.get_errno()]
      """;

  private static final String IMPORTS =
      """
      import ctypes, os, signal, socket, sys, time
      libc = ctypes.CDLL(None, use_errno=True)
      """;

  private static HostileCode top(String name, String expected, String code) {
    return new HostileCode(
        name, expected, Duration.ofSeconds(20), IMPORTS + code + "\ndef main(e, c): return 1\n");
  }

  private static HostileCode main(String name, String expected, String code) {
    return main(name, expected, code, Duration.ofSeconds(20));
  }

  private static HostileCode main(String name, String expected, String code, Duration limit) {
    return new HostileCode(
        name, expected, limit, IMPORTS + "def main(event, context):\n" + code.strip().indent(4));
  }

  private static HostileCode looping(String name, String code) {
    return main(name, "TIMEOUT .*", code, Duration.ofSeconds(1));
  }
}
