package io.patchbay.executor.net;

/**
 * Numbers of the kernel's interface, the same on x86_64 and aarch64. Error numbers are answered
 * negated.
 */
final class Linux {
  static final int AF_UNIX = 1;
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int STREAM = 1;
  static final int NONBLOCK = 0x800;
  static final int CLOEXEC = 0x80000;

  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EBADF = 9;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EFAULT = 14;
  static final int EINVAL = 22;
  static final int ENOTSOCK = 88;
  static final int EAFNOSUPPORT = 97;
  static final int ENOBUFS = 105;
  static final int EISCONN = 106;
  static final int ECONNREFUSED = 111;
  static final int EALREADY = 114;
  static final int EINPROGRESS = 115;

  private Linux() {}
}
