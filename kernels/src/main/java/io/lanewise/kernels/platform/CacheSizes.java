package io.lanewise.kernels.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sizes of the first core's caches as Linux tells them; nothing elsewhere. They steer blocking
 * only, never a result.
 */
final class CacheSizes {
  private static final Path FOLDER = Path.of("/sys/devices/system/cpu/cpu0/cache");

  private CacheSizes() {}

  static Optional<Integer> dataCache(int level) {
    for (int i = 0; i < 8; i++) {
      Path index = FOLDER.resolve("index" + i);
      try {
        if (Integer.parseInt(read(index, "level")) == level
            && !read(index, "type").equals("Instruction")) {
          return Optional.of(bytes(read(index, "size")));
        }
      } catch (IOException | IllegalArgumentException | SecurityException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String read(Path index, String file) throws IOException {
    return Files.readString(index.resolve(file)).strip();
  }

  /** Reads {@code 48K} or {@code 2M}. */
  static int bytes(String text) {
    int unit = text.endsWith("K") ? 1 << 10 : text.endsWith("M") ? 1 << 20 : 1;
    String digits = unit == 1 ? text : text.substring(0, text.length() - 1);
    return Math.multiplyExact(Integer.parseInt(digits), unit);
  }
}
