package io.lanewise.propertytests.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** ONNX Runtime's native library: whether it is there. */
final class OrtLibrary {
  // Version 1.29 ends the process with a segmentation fault when its command line has some 4,000
  // characters (3,700 were well, 4,100 were not; elsewhere 2,000 were seen to be too many).
  private static final int LONGEST_COMMAND_LINE = 1500;

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private OrtLibrary() {}

  /** The version that runs. */
  static String version() {
    return "ONNX Runtime " + environment().getVersion();
  }

  /**
   * The one environment of this process.
   *
   * @throws IllegalStateException if the library would crash here
   * @throws LinkageError if there is none for this platform
   */
  static OrtEnvironment environment() {
    requireShort(commandLineLength());
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL); // we report
  }

  /** Refuses a process in which the library would crash. */
  static void requireShort(int commandLine) {
    if (commandLine > LONGEST_COMMAND_LINE) {
      throw new IllegalStateException(
          "ONNX Runtime 1.29 crashes in a process with a long command line: at most "
              + LONGEST_COMMAND_LINE
              + " characters, got "
              + commandLine
              + "; pass the class path in an argument file");
    }
  }

  /** 0 where the system does not tell. */
  static int commandLineLength() {
    if (!Files.isReadable(COMMAND_LINE)) {
      return 0;
    }
    try {
      return Files.readAllBytes(COMMAND_LINE).length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test where the library does not run; fails it where all must be there. */
  static void require() {
    Optional<String> missing = missing();
    if (Boolean.getBoolean("lanewise.ci")) {
      assertTrue(missing.isEmpty(), missing::toString);
    }
    assumeTrue(missing.isEmpty(), missing::toString);
  }

  private static Optional<String> missing() {
    try {
      environment();
      return Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return Optional.of("ONNX Runtime does not run here: " + cause);
    }
  }
}
