package io.lanewise.propertytests.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what {@code tools/torch-cases/make} writes. */
final class TorchCases {
  private TorchCases() {}

  /** A family's cases. */
  static List<TorchCase> read(String family) throws IOException {
    String text = new String(bytes(family + ".txt"), StandardCharsets.US_ASCII);
    TorchNumbers numbers = new TorchNumbers(bytes(family + ".f32"));
    List<TorchCase> cases =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> new TorchCase(line, numbers))
            .collect(Collectors.toList());
    if (numbers.left() != 0) {
      throw new IOException(family + ".f32 has " + numbers.left() + " bytes that no line names");
    }
    return cases;
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = TorchCases.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("there is no " + file + ": make it by tools/torch-cases/make");
      }
      return in.readAllBytes();
    }
  }
}
