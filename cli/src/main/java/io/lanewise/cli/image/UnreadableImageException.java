package io.lanewise.cli.image;

import java.io.IOException;
import java.nio.file.Path;

/** A file could not be read as an image; the message names the file and says why. */
public final class UnreadableImageException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong, by kind. */
  public enum Reason {
    /** No such file. */
    MISSING,
    /** A folder, say. */
    NOT_A_FILE,
    /** There, but the system does not let us read it. */
    NO_ACCESS,
    /** Not the beginning of a PNG or JPEG file. */
    NOT_AN_IMAGE,
    /** More pixels than {@link ImageFiles} takes. */
    TOO_LARGE,
    /** Begins as an image, but is cut off or corrupt. */
    DAMAGED
  }

  private final String file;
  private final Reason reason;

  UnreadableImageException(Path file, Reason reason, String detail, Throwable cause) {
    super("cannot read the image " + file + ": " + detail, cause);
    this.file = file.toString();
    this.reason = reason;
  }

  /** The file, as it was asked for. */
  public Path file() {
    return Path.of(file);
  }

  /** What is wrong, by kind. */
  public Reason reason() {
    return reason;
  }
}
