package io.patchbay.store;

/**
 * The store cannot do what was asked, for a reason outside the request. What failed left nothing
 * behind, except for {@link Kind#UNKNOWN}. The message is one for the operator and holds no secret.
 */
public final class StoreFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, and so who must act. */
  public enum Kind {
    /** The data folder cannot be made, read or written. */
    FOLDER,
    /** Another server has the data folder. */
    IN_USE,
    /** The key of the variables is missing, wrong or readable by others. */
    KEY,
    /** The database file is not one, or is damaged. */
    DAMAGED,
    /** The data cannot be brought to the form that this release needs. */
    MIGRATION,
    /** The disk is full; a later write works again once there is room. */
    FULL,
    /** The disk failed to read or write. */
    IO,
    /** Too many reads or writes are waiting; nothing of this one was done. */
    BUSY,
    /** The write was still running when its caller had waited long enough; it may be kept. */
    UNKNOWN,
    /** The store is closed. */
    CLOSED,
    /** A statement was refused: a bug. */
    STATEMENT
  }

  private final Kind kind;

  public StoreFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StoreFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
