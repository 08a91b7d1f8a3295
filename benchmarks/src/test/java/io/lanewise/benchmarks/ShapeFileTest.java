package io.lanewise.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
import org.junit.jupiter.params.provider.ValueSource;

class ShapeFileTest {
  private static final Set<Op> CONVS =
      Set.of(Op.CONV, Op.CONV_BACKWARD_DATA, Op.CONV_BACKWARD_WEIGHTS, Op.CONV_TRANSPOSED);

  /**
   * Multiply-adds as published, to the digits that are: ResNet-50 4.09 G, VGG-16 15.47 G and
   * Inception-v3 5.71 G in torchvision's table of weights; MobileNetV1 569 M and MobileNetV2 300 M
   * in their papers. GoogLeNet's paper says 1.5 G, and 1.58 G is the sum over its table 1; U-Net's
   * figure 1 gives none, and 150.4 G is the sum over its arrows.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet5, 3, 2, 416520, 416520",
    "resnet50, 53, 1, 4085000000, 4095000000",
    "vgg16, 13, 3, 15465000000, 15475000000",
    "mobilenetv1, 27, 1, 568500000, 569500000",
    "mobilenetv2, 52, 1, 299500000, 301000000",
    "googlenet, 57, 1, 1575000000, 1585000000",
    "inceptionv3, 94, 1, 5705000000, 5715000000",
    "unet, 23, 0, 150400000000, 150450000000"
  })
  void networksHaveTheirLayersAndMultiplyAdds(
      String name, int convs, int linears, long least, long most) throws IOException {
    List<ShapeFile.Line> lines = ShapeFile.open(name).lines();
    assertEquals(convs, count(lines, CONVS));
    assertEquals(linears, count(lines, Set.of(Op.LINEAR)));
    long multiplyAdds =
        lines.stream()
            .filter(l -> CONVS.contains(l.task().op()) || l.task().op() == Op.LINEAR)
            .mapToLong(l -> TaskCost.of(l.task()).flops() / 2 * l.count())
            .sum();
    assertTrue(least <= multiplyAdds && multiplyAdds <= most, "got " + multiplyAdds);
    assertEquals(lines.size(), lines.stream().map(ShapeFile.Line::task).distinct().count());
  }

  private static int count(List<ShapeFile.Line> lines, Set<Op> ops) {
    return lines.stream()
        .filter(l -> ops.contains(l.task().op()))
        .mapToInt(ShapeFile.Line::count)
        .sum();
  }

  /**
   * Parameters as published, to the last one: LeNet-5 with every map connected 61,706;
   * torchvision's resnet50 25,557,032, vgg16 138,357,544, mobilenet_v2 3,504,872 and inception_v3
   * without its auxiliary classifier 23,834,568; Keras' MobileNet 4,231,976 trainable ones; Caffe's
   * bvlc_googlenet 6,998,552; U-Net with two classes 31,030,658. A convolution has a bias, or batch
   * normalisation's scale and shift, for each channel.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet5, 1, 61706",
    "resnet50, 2, 25557032",
    "vgg16, 1, 138357544",
    "mobilenetv1, 2, 4231976",
    "mobilenetv2, 2, 3504872",
    "googlenet, 1, 6998552",
    "inceptionv3, 2, 23834568",
    "unet, 1, 31030658"
  })
  void networksHaveTheirParameters(String name, int perChannel, long published) throws IOException {
    long parameters = 0;
    for (ShapeFile.Line line : ShapeFile.open(name).lines()) {
      Task task = line.task();
      if (task.op() == Op.LINEAR) {
        parameters += line.count() * ((long) task.linear().w().size() + task.linear().out());
      } else if (task.op() == Op.CONV_TRANSPOSED) {
        TransposedConvShape s = task.transposedConv();
        parameters += line.count() * (s.w().size() + (long) perChannel * s.oc());
      } else if (CONVS.contains(task.op())) {
        ConvShape s = task.conv();
        parameters += line.count() * (s.w().size() + (long) perChannel * s.oc());
      }
    }
    assertEquals(published, parameters);
  }

  /** Each input has the channels and size that some layer leaves, alone or with others. */
  @ParameterizedTest
  @ValueSource(strings = {"resnet50", "mobilenetv1", "mobilenetv2", "vgg16"})
  void layersFollowFromOneAnother(String name) throws IOException {
    List<ShapeFile.Line> lines = ShapeFile.open(name).lines();
    Set<String> outputs = new HashSet<>(Set.of("3 at 224"));
    for (ShapeFile.Line line : lines) {
      switch (line.task().op()) {
        case CONV -> outputs.add(line.task().conv().oc() + " at " + line.task().conv().oh());
        case MAX_POOL, AVG_POOL ->
            outputs.add(line.task().pool().c() + " at " + line.task().pool().oh());
        default -> {}
      }
    }
    for (ShapeFile.Entry<ConvShape> conv : ShapeFile.open(name).convs()) {
      String input = conv.shape().ic() + " at " + conv.shape().ih();
      assertTrue(outputs.contains(input), "nothing makes the input of " + conv.shape());
    }
  }

  /**
   * wav2vec 2.0's encoder as its paper sums it up (§4.2): it reads 400 samples an output, 320
   * apart; each layer's output is the next one's input.
   */
  @Test
  void conv1dFileHasWav2vecsEncoder() throws IOException {
    List<ConvShape> layers = convs("conv1d").subList(1, 8);
    int reads = 1;
    int apart = 1;
    for (int i = 0; i < layers.size(); i++) {
      ConvShape s = layers.get(i);
      reads += (s.kw() - 1) * apart;
      apart *= s.strideW();
      if (i > 0) {
        assertEquals(layers.get(i - 1).y(), s.x());
      }
    }
    assertEquals(400, reads);
    assertEquals(320, apart);
    assertEquals(49, layers.getLast().ow());
    assertTrue(convs("conv1d").stream().allMatch(s -> s.rank() == 1));
  }

  /** C3D's convolutions add up to 38.5 G multiply-adds over its figure 3, and to 27.7 M weights. */
  @Test
  void conv3dFileHasC3dsLayers() throws IOException {
    List<ShapeFile.Entry<ConvShape>> all = ShapeFile.open("conv3d").convs();
    assertTrue(all.stream().allMatch(e -> e.shape().rank() == 3));
    List<ShapeFile.Entry<ConvShape>> layers = all.subList(1, all.size());
    assertEquals(8, layers.stream().mapToInt(ShapeFile.Entry::count).sum());
    long multiplyAdds = layers.stream().mapToLong(e -> e.shape().flops() / 2 * e.count()).sum();
    assertEquals(385, Math.round(multiplyAdds / 1e8));
    long weights = layers.stream().mapToLong(e -> (long) e.shape().w().size() * e.count()).sum();
    assertEquals(277, Math.round(weights / 1e5));
    for (int i = 1; i < layers.size(); i++) {
      assertEquals(layers.get(i - 1).shape().oc(), layers.get(i).shape().ic());
    }
  }

  /** ResNeXt keeps the work of a block's grouped convolution the same in all stages. */
  @Test
  void resnext50FileHasOneGroupedConvolutionABlock() throws IOException {
    List<ShapeFile.Entry<ConvShape>> all = ShapeFile.open("resnext50").convs();
    assertEquals(3 + 4 + 6 + 3, all.stream().mapToInt(ShapeFile.Entry::count).sum());
    for (ShapeFile.Entry<ConvShape> layer : all) {
      assertEquals(32, layer.shape().groups());
      assertEquals(14_450_688, layer.shape().flops() / 2);
    }
  }

  private static List<ConvShape> convs(String name) throws IOException {
    return ShapeFile.open(name).convs().stream().map(ShapeFile.Entry::shape).toList();
  }

  @Test
  void gemmFileHasSquaresAndResNetsProducts() throws IOException {
    List<GemmShape> gemms =
        ShapeFile.open("gemm").tasks(Op.GEMM).stream().map(e -> e.shape().gemm()).toList();
    assertEquals(13, gemms.size());
    assertEquals(3, gemms.stream().filter(g -> g.n() == 1).count());
    for (int size : new int[] {128, 256, 512, 1024}) {
      assertTrue(gemms.contains(GemmShape.of(size, size, size)), "square " + size);
    }
    Set<GemmShape> im2col =
        ShapeFile.open("resnet50").convs().stream()
            .map(e -> e.shape())
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
    for (String name : ShapeFile.BUILT_IN) {
      for (ShapeFile.Line line : ShapeFile.open(name).lines()) {
        assertEquals(line.task(), Task.of(line.task().op(), line.task().shape()));
        boolean countable = line.task().op() != Op.MODEL; // those run to be counted
        assertTrue(!countable || TaskCost.of(line.task()).bytes() > 0);
      }
    }
  }

  @Test
  void everyOperationHasTasksInItsUsualFiles() throws IOException {
    for (Op op : Op.values()) {
      int least = op == Op.CONV_SEQUENCE ? 1 : 2; // a list is one sequence
      int items = Workload.of(List.of(op), List.of(), List.of()).items().size();
      assertTrue(items >= least, op.option());
    }
  }

  @Test
  void linesNameTheirOperationOrAreConvolutionsAndProducts() throws IOException {
    ShapeFile file =
        ShapeFile.of(
            "f",
            """
            # head

            ic1 ih4 oc2 kh3                      # x5 five
            m2 n3 k4                             # xylophone
            max-pool c64 ih112 kh3 s2 p1         # x1 pool1
            conv-backward-data ic1 ih4 oc2 kh2   #x2
            relu 64x112x112
            conv ic1 ih5 oc2 kh3
            """);
    assertEquals(
        List.of(
            new Task(Op.CONV, "n1 ic1 ih4 oc2 kh3"),
            new Task(Op.GEMM, "m2 n3 k4"),
            new Task(Op.MAX_POOL, "n1 c64 ih112 kh3 s2 p1"),
            new Task(Op.CONV_BACKWARD_DATA, "n1 ic1 ih4 oc2 kh2"),
            new Task(Op.RELU, "64x112x112"),
            new Task(Op.CONV, "n1 ic1 ih5 oc2 kh3")),
        file.lines().stream().map(ShapeFile.Line::task).toList());
    assertEquals(
        List.of(5, 1, 1, 2, 1, 1), file.lines().stream().map(ShapeFile.Line::count).toList());
    assertEquals(2, file.convs().size());
    assertEquals(3, file.tasks(Op.CONV_BACKWARD_DATA).size(), "those of conv, and its own");
    assertEquals(2, file.tasks(Op.CONV_BACKWARD_WEIGHTS).size());
    assertEquals(1, file.tasks(Op.RELU_BACKWARD).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ic1 ih4 oc2 kh3 stride2 | not a word of a convolution shape: 'stride2'",
        "m1 n2                   | 'k' is missing in 'm1 n2'",
        "m1 n2 k3 acc            | only plain products C = A·B are measured",
        "relu 3x0                | such as 64x112x112, got '3x0'",
        "relu                    | such as 64x112x112, got ''",
        "softmax 3               | softmax takes rows x classes, such as 128x1000, got 3",
        "relu 99999x99999        | at most 2^31 - 1 elements",
        "relu 9999999999         | 9999999999 is above 2^31 - 1",
        "1 2 3                   | not a word of a convolution shape: '1'",
        "ic1 ih4 oc2 kh3 # x0    | a count must be at least 1, got x0"
      })
  void mistakesAreNamedByFileAndLine(String line, String message) {
    ShapeFileException e =
        assertThrows(
            ShapeFileException.class,
            () -> ShapeFile.of("nets/mine.txt", "ic1 ih4 oc2 kh3\n\n" + line + "\n"));
    assertTrue(e.getMessage().startsWith("nets/mine.txt:3: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void filesThatAreNoTextOrTooLargeAreRefusedByName(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'#', (byte) 0xE4, '\n'});
    assertRefused(latin, "expected text in UTF-8, got other bytes");
    Path large = Files.writeString(folder.resolve("large.txt"), "#".repeat((1 << 20) + 1));
    assertRefused(large, "expected at most 1048576 bytes, got more");
  }

  private static void assertRefused(Path file, String why) {
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> ShapeFile.open(file.toString()));
    assertEquals(file + ": " + why, e.getMessage());
  }

  @Test
  void filesAreOpenedByPath(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("own.txt"), "m7 n8 k9 # x2\n");
    ShapeFile.Entry<Task> only = ShapeFile.open(file.toString()).tasks(Op.GEMM).getFirst();
    assertEquals(GemmShape.of(7, 8, 9), only.shape().gemm());
    assertEquals(2, only.count());
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> ShapeFile.open("resnet51"));
    assertTrue(e.getMessage().contains("resnet51: neither a file nor one of lenet5, resnet50"));
  }
}
