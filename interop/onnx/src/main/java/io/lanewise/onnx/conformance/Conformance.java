package io.lanewise.onnx.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds folders of test models. */
public final class Conformance {
  private static final int DEPTH = 4;

  private Conformance() {}

  /**
   * All cases in a folder and the folders below it, in order of their names.
   *
   * @throws IOException if the folder cannot be read
   */
  public static List<ConformanceCase> cases(Path folder) throws IOException {
    try (Stream<Path> files = Files.find(folder, DEPTH, (p, a) -> isModel(p))) {
      return files
          .map(Path::getParent)
          .sorted()
          .map(p -> new ConformanceCase(name(folder, p), p))
          .toList();
    }
  }

  private static boolean isModel(Path file) {
    return file.getFileName().toString().equals(ConformanceCase.MODEL) && Files.isRegularFile(file);
  }

  /** With slashes on every system; the folder's own name if it is itself a case. */
  private static String name(Path folder, Path found) {
    String relative = folder.relativize(found).toString().replace('\\', '/');
    return relative.isEmpty() ? String.valueOf(found.toAbsolutePath().getFileName()) : relative;
  }
}
