package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeFileTest {
  // Multiply-adds as published, less the fully connected layers: ResNet-50 4.09 G, VGG-16 15.35 G.
  @ParameterizedTest
  @CsvSource({
    "lenet5, 3, 405600, 405600",
    "resnet50, 53, 4080000000, 4095000000",
    "vgg16, 13, 15340000000, 15350000000",
    "mobilenetv1, 27, 566000000, 569000000"
  })
  void networksHaveTheirLayersAndMultiplyAdds(String name, int layers, long least, long most)
      throws IOException {
    List<ShapeFile.Entry<ConvShape>> convs = ShapeFile.open(name).convs();
    long multiplyAdds = convs.stream().mapToLong(e -> e.shape().flops() / 2 * e.count()).sum();

    assertEquals(layers, convs.stream().mapToInt(ShapeFile.Entry::count).sum());
    assertTrue(least <= multiplyAdds && multiplyAdds <= most, "got " + multiplyAdds);
    assertEquals(convs.size(), distinct(convs), "a shape stands in one line");
  }

  private static int distinct(List<ShapeFile.Entry<ConvShape>> convs) {
    return new HashSet<>(convs.stream().map(ShapeFile.Entry::shape).toList()).size();
  }

  /** Each input has the channels and size that some layer, or a pooling after it, leaves. */
  @Test
  void resNetsLayersFollowFromOneAnother() throws IOException {
    List<ConvShape> shapes =
        ShapeFile.open("resnet50").convs().stream().map(ShapeFile.Entry::shape).toList();
    Set<String> outputs =
        shapes.stream().map(s -> s.oc() + " at " + s.oh()).collect(Collectors.toSet());
    outputs.add("3 at 224"); // the image
    outputs.add("64 at 56"); // after the max pooling
    for (ConvShape s : shapes) {
      assertTrue(outputs.contains(s.ic() + " at " + s.ih()), "nothing makes the input of " + s);
    }
  }

  @Test
  void gemmFileHasSquaresAndResNetsProducts() throws IOException {
    List<GemmShape> gemms =
        ShapeFile.open("gemm").gemms().stream().map(ShapeFile.Entry::shape).toList();
    List<ConvShape> resnet =
        ShapeFile.open("resnet50").convs().stream().map(ShapeFile.Entry::shape).toList();

    assertTrue(ShapeFile.open("gemm").isGemm());
    assertEquals(10, gemms.size());
    for (int size : new int[] {128, 256, 512, 1024}) {
      assertTrue(gemms.contains(GemmShape.of(size, size, size)), "square " + size);
    }
    Set<GemmShape> im2col =
        resnet.stream()
            .map(s -> GemmShape.of(s.oc(), s.oh() * s.ow(), s.reduction()))
            .collect(Collectors.toSet());
    assertEquals(6, gemms.stream().filter(im2col::contains).count());
  }

  @Test
  void everyFileInTheFolderIsBuiltInAndParses() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("shapes"))) {
      assertEquals(
          new HashSet<>(ShapeFile.BUILT_IN),
          files
              .map(f -> f.getFileName().toString().replace(".txt", ""))
              .collect(Collectors.toSet()));
    }
    for (ShapeFile.Entry<ConvShape> e : ShapeFile.open("regressions").convs()) {
      assertEquals(e.shape(), ConvShape.parse(e.shape().toString()));
    }
  }

  @Test
  void countsAndCommentsAreTold() throws IOException {
    ShapeFile file =
        ShapeFile.of("f", "# head\n\nic1 ih4 oc2 kh3 # x5 five\nic1 ih5 oc2 kh3 # xylophone\n");
    List<ShapeFile.Entry<ConvShape>> convs = file.convs();

    assertEquals(List.of(5, 1), convs.stream().map(ShapeFile.Entry::count).toList());
    assertEquals(5, convs.get(1).shape().ih());
    assertFalse(file.isGemm());
  }

  @Test
  void mistakesAreNamedByFileAndLine() throws IOException {
    ShapeFile bad = ShapeFile.of("nets/mine.txt", "ic1 ih4 oc2 kh3\n\nic1 ih4 oc2 kh3 stride2\n");
    assertEquals(
        "nets/mine.txt:3: not a word of a convolution shape: 'stride2' in 'ic1 ih4 oc2 kh3 stride2'",
        assertThrows(ShapeFileException.class, bad::convs).getMessage());
    assertEquals(
        "nets/mine.txt:1: a matrix product is three numbers 'm n k', got 'ic1 ih4 oc2 kh3'",
        assertThrows(ShapeFileException.class, bad::gemms).getMessage());
    assertEquals(
        "f:1: a count must be at least 1, got x0",
        assertThrows(ShapeFileException.class, () -> ShapeFile.of("f", "1 2 3 # x0")).getMessage());
  }

  @Test
  void filesAreOpenedByPath(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("own.txt"), "7 8 9 # x2\n");

    ShapeFile.Entry<GemmShape> only = ShapeFile.open(file.toString()).gemms().getFirst();

    assertEquals(GemmShape.of(7, 8, 9), only.shape());
    assertEquals(2, only.count());
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> ShapeFile.open("resnet51"));
    assertTrue(e.getMessage().contains("resnet51: neither a file nor one of lenet5, resnet50"));
  }
}
