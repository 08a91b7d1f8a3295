package io.lanewise.kernels.conv;

import io.lanewise.kernels.Targets;
import io.lanewise.kernels.gemm.GemmBlocking;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/** The shapes that the convolution's contracts run on. */
final class ConvShapes {
  private static final String FILE = "shapes-that-bite.txt";

  private ConvShapes() {}

  /** Those of the file, and some around the register tiles and the block of the sum. */
  static Set<ConvShape> all() {
    Set<ConvShape> shapes = new LinkedHashSet<>();
    text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(ConvShape::parse)
        .forEach(shapes::add);
    for (Target target : Targets.all()) {
      addAroundBlocks(GemmBlocking.of(target.kernels().gemm(), target.machine()), shapes);
    }
    return shapes;
  }

  private static void addAroundBlocks(GemmBlocking blocking, Set<ConvShape> shapes) {
    for (int d = -1; d <= 1; d++) {
      int kc = blocking.kc() + d;
      int nr = blocking.nr() + d;
      shapes.add(ConvShape.input(1, kc, 2, 3).filters(blocking.mr() + d, 1, 1).build());
      shapes.add(ConvShape.input(1, 2, 2, 3).filters(kc, 1, 1).build());
      shapes.add(ConvShape.input(1, 2, 1, kc).filters(3, 1, 1).build());
      shapes.add(ConvShape.input(1, 3, 1, nr).filters(2 * blocking.mr() + d, 1, 1).build());
      shapes.add(ConvShape.input(1, nr, 1, 5).filters(blocking.mr() + d, 1, 2).build());
    }
  }

  private static String text() {
    try (InputStream in = ConvShapes.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
