package io.lanewise.kernels.stack;

import static io.lanewise.kernels.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.stack.StackBuilder.AxisWindow;
import io.lanewise.kernels.stack.StackBuilder.WindowSpec;
import io.lanewise.kernels.tensor.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Against published numbers: fields from Araujo, Norris and Sim (Distill 2019), parameters and
 * multiply-adds from the networks' articles and their public implementations.
 */
class StackTest {
  @Test
  void alexNetSees195() {
    Stack s =
        Stack.input(3, 227, 227)
            .conv("conv1", 64, 11, 4, 0)
            .pool("pool1", 3, 2, 0)
            .conv("conv2", 192, 5, 1, 2)
            .pool("pool2", 3, 2, 0)
            .conv("conv3", 384, 3, 1, 1)
            .conv("conv4", 384, 3, 1, 1)
            .conv("conv5", 256, 3, 1, 1)
            .pool("pool5", 3, 2, 0)
            .build();
    assertEquals(195, s.fields().get(0).size());
    assertEquals(32, s.fields().get(1).stride());
    assertEquals(Shape.of(256, 6, 6), s.output());
  }

  private static StackBuilder vgg() {
    int[][] stages = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
    StackBuilder b = Stack.input(3, 224, 224);
    for (int[] stage : stages) {
      for (int i = 0; i < stage[1]; i++) {
        b.conv("conv", stage[0], 3, 1, 1);
      }
      b.pool("pool", 2, 2, 0);
    }
    return b;
  }

  /** 138,357,544 parameters; 15,470,264,320 multiply-adds. */
  @Test
  void vgg16Sees212() {
    Stack features = vgg().build();
    assertEquals(212, features.fields().get(0).size());
    assertEquals(32, features.fields().get(0).stride());
    assertEquals(Shape.of(512, 7, 7), features.output());
    Stack s = vgg().linear("fc6", 4096).linear("fc7", 4096).linear("fc8", 1000).build();
    assertEquals(138_357_544, s.parameters());
    assertEquals(4 * 138_357_544L, s.parameterBytes());
    long biasAndPooling = 0;
    for (LayerFacts layer : s.layers()) {
      biasAndPooling += layer.parameters() > 0 ? layer.outputFloats() : 4 * layer.outputFloats();
    }
    assertEquals(2 * 15_470_264_320L + biasAndPooling, s.flops());
    // The second layer reads and writes 64 planes of 224 x 224.
    assertEquals(2 * 64 * 224 * 224 * 4L, s.peakBytes(1));
    assertEquals(3 * s.activationBytes(1), s.activationBytes(3));
  }

  private static StackBuilder bottleneck(StackBuilder b, int mid, int stride, boolean first) {
    UnaryOperator<StackBuilder> main =
        x -> {
          conv(x, "a", mid, 1, stride).activation("relu");
          conv(x, "b", mid, 3, 1).activation("relu");
          return conv(x, "c", 4 * mid, 1, 1);
        };
    UnaryOperator<StackBuilder> shortcut = x -> first ? conv(x, "down", 4 * mid, 1, stride) : x;
    return b.residual("add", main, shortcut).activation("relu");
  }

  private static StackBuilder conv(StackBuilder b, String name, int oc, int k, int stride) {
    WindowSpec w = WindowSpec.of(k, stride, k / 2);
    return b.conv(name, oc, w, 1, false).norm(name + " norm");
  }

  /** 25,557,032 parameters; strides as in the article, in the first 1x1 of a stage. */
  @Test
  void resNet50Sees483() {
    StackBuilder b = conv(Stack.input(3, 224, 224), "conv1", 64, 7, 2).pool("pool1", 3, 2, 1);
    int[] blocks = {3, 4, 6, 3};
    for (int stage = 0; stage < 4; stage++) {
      for (int i = 0; i < blocks[stage]; i++) {
        bottleneck(b, 64 << stage, stage > 0 && i == 0 ? 2 : 1, i == 0);
      }
    }
    Stack features = b.build();
    assertEquals(483, features.fields().get(0).size());
    assertEquals(32, features.fields().get(0).stride());
    assertEquals(Shape.of(2048, 7, 7), features.output());
    Stack s = b.globalPool("pool").linear("fc", 1000).build();
    assertEquals(25_557_032, s.parameters());
    assertEquals(Shape.of(1000, 1, 1), s.output());
  }

  /** MobileNet v1 sees 315. */
  @Test
  void mobileNetSees315() {
    int[][] layers = {
      {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1},
      {512, 1}, {512, 1}, {1024, 2}, {1024, 1}
    };
    StackBuilder b = Stack.input(3, 224, 224).conv("conv", 32, WindowSpec.of(3, 2, 1), 1, false);
    for (int[] l : layers) {
      b.depthwise("dw", WindowSpec.of(3, l[1], 1));
      b.conv("pw", l[0], WindowSpec.of(1, 1, 0), 1, false);
    }
    assertEquals(315, b.build().fields().get(0).size());
    assertEquals(3_185_088, b.build().parameters()); // of the convolutions
  }

  /** Dilations 1, 2, 4, 8 of 3 taps: 1 + 2 · 15 = 31, of one and of three axes. */
  @Test
  void dilationAndOtherRanks() {
    for (int[] sizes : new int[][] {{40}, {40, 41, 42}}) {
      StackBuilder b = Stack.input(2, sizes);
      for (int d = 1; d <= 8; d *= 2) {
        b.conv("d" + d, 2, new WindowSpec(3, 1, d, d), 1, false);
      }
      Stack s = b.build();
      assertEquals(31, s.fields().get(0).size());
      assertEquals(-15, s.fields().get(0).start());
      assertEquals(7, s.fields().get(0).centre(7)); // same padding keeps the middle
      assertEquals(4L * 4 * (sizes.length == 1 ? 3 : 27), s.parameters());
      assertEquals(Shape.of(sizes).prepend(2), s.output());
    }
  }

  /** Sizes of the kernels' own shapes, over a grid of windows that differ along the axes. */
  @Test
  void windowsOfTheirOwnGiveTheKernelsSizes() {
    int[][] options = {{1, 1, 0, 0, 1}, {2, 2, 0, 1, 1}, {3, 2, 1, 0, 2}, {3, 3, 2, 1, 1}};
    int ceiled = 0;
    for (int[] p : options) {
      for (int[] q : options) {
        List<AxisWindow> windows =
            List.of(
                new AxisWindow(p[0], p[1], p[2], p[3], p[4]),
                new AxisWindow(q[0], q[1], q[2], q[3], q[4]));
        Padding padding = new Padding(p[2], p[3], q[2], q[3]);
        Shape conv =
            ConvShape.input(1, 4, 9, 12)
                .filters(6, p[0], q[0])
                .stride(p[1], q[1])
                .dilation(p[4], q[4])
                .padding(padding)
                .groups(2)
                .build()
                .y();
        Stack s = Stack.input(4, 9, 12).conv("c", 6, windows, 2, true).build();
        assertEquals(conv.dropFirst(), s.output());
        assertEquals(6 * 2 * p[0] * q[0] + 6, s.parameters());
        assertEquals((2L * 2 * p[0] * q[0] + 1) * conv.size(), s.flops());
        assertEquals(new ReceptiveField(1 + (p[0] - 1) * p[4], p[1], -p[2]), s.fields().get(0));
        assertEquals(new ReceptiveField(1 + (q[0] - 1) * q[4], q[1], -q[2]), s.fields().get(1));
        PoolShape.Builder pool =
            PoolShape.input(1, 4, 9, 12)
                .window(p[0], q[0])
                .stride(p[1], q[1])
                .dilation(p[4], q[4])
                .padding(padding);
        Shape down = pool.build().y().dropFirst();
        Shape up = pool.ceil().build().y().dropFirst();
        assertEquals(down, Stack.input(4, 9, 12).pool("p", windows, false).build().output());
        Stack rounded = Stack.input(4, 9, 12).pool("p", windows, true).build();
        assertEquals(up, rounded.output());
        assertEquals((long) p[0] * q[0] * up.size(), rounded.flops());
        ceiled += up.equals(down) ? 0 : 1;
      }
    }
    assertTrue(ceiled > 0, "some number of outputs must be rounded up");
  }

  @Test
  void branchesSeeWhatEitherSees() {
    List<UnaryOperator<StackBuilder>> branches =
        List.of(x -> x.conv("one", 4, 1, 1, 0), x -> x.conv("five", 3, 5, 1, 2), x -> x);
    Stack s = Stack.input(2, 9, 9).concat("join", branches).build();
    assertEquals(Shape.of(9, 9, 9), s.output());
    assertEquals(new ReceptiveField(5, 1, -2), s.fields().get(0));
    assertEquals(2 * 4 + 4 + 25 * 2 * 3 + 3, s.parameters());
  }

  @Test
  void branchesAreCombinedElementByElement() {
    List<UnaryOperator<StackBuilder>> branches =
        List.of(x -> x.conv("three", 2, 3, 1, 1), x -> x.conv("five", 2, 5, 1, 2), x -> x);
    Stack s = Stack.input(2, 9, 9).combine("product", branches).build();
    LayerFacts product = s.layers().get(2);
    assertEquals(Shape.of(2, 9, 9), s.output());
    assertEquals(new ReceptiveField(5, 1, -2), s.fields().get(0));
    assertEquals(2 * 162, product.flops());
    assertEquals(3 * 162, product.inputFloats());
    assertEquals((9 + 25) * 4 + 4, s.parameters());
  }

  @Test
  void samePaddingKeepsSizesOverTheStride() {
    assertEquals(new AxisWindow(3, 2, 0, 1, 1), AxisWindow.same(8, 3, 2, 1, true));
    assertEquals(new AxisWindow(3, 2, 1, 0, 1), AxisWindow.same(8, 3, 2, 1, false));
    assertEquals(new AxisWindow(1, 3, 0, 0, 1), AxisWindow.same(8, 1, 3, 1, true));
    for (int in = 1; in <= 9; in++) {
      for (int k = 1; k <= 5; k++) {
        for (int stride = 1; stride <= 4; stride++) {
          for (int dilation = 1; dilation <= 2; dilation++) {
            AxisWindow w = AxisWindow.same(in, k, stride, dilation, k % 2 == 0);
            ConvShape conv =
                ConvShape.input(1, 1, in)
                    .filters(1, k)
                    .stride(stride)
                    .dilation(dilation)
                    .padding(new Padding(0, 0, w.before(), w.after()))
                    .build();
            Stack s = Stack.input(1, in).conv("c", 1, List.of(w), 1, false).build();
            assertEquals((in + stride - 1) / stride, conv.ow());
            assertEquals(Shape.of(1, conv.ow()), s.output());
          }
        }
      }
    }
  }

  /** 61,706 parameters; operations layer by layer, by hand. */
  @Test
  void leNet5ByHand() {
    Stack s =
        Stack.input(1, 28, 28)
            .conv("c1", 6, 5, 1, 2)
            .pool("s2", 2, 2, 0)
            .conv("c3", 16, 5, 1, 0)
            .pool("s4", 2, 2, 0)
            .linear("c5", 120)
            .linear("f6", 84)
            .linear("out", 10)
            .build();
    assertEquals(
        List.of(239_904L, 4_704L, 481_600L, 1_600L, 96_120L, 20_244L, 1_690L),
        s.layers().stream().map(LayerFacts::flops).toList());
    assertEquals(61_706, s.parameters());
    long floats = 784 + 4_704 + 1_176 + 1_600 + 400 + 120 + 84 + 10;
    assertEquals(4 * floats, s.activationBytes(1));
    assertEquals(16, s.layers().get(3).fields().get(0).size());
  }

  @Test
  void anEmptyStackIsItsInput() {
    Stack s = Stack.input(3, 5).build();
    assertEquals(Shape.of(3, 5), s.output());
    assertEquals(List.of(ReceptiveField.INPUT), s.fields());
    assertEquals(3 * 5 * 4, s.peakBytes(1));
  }

  @Test
  void errorsNameTheLayer() {
    assertRefused(() -> Stack.input(0, 5), "at least one channel");
    assertRefused(() -> Stack.input(1), "one to three sizes");
    assertRefused(() -> Stack.input(1, 2, 0), "at least 1, got 1 and [2, 0]");
    assertRefused(() -> Stack.input(1, 3).conv("big", 1, 5, 1, 0), "layer big, axis 0");
    StackBuilder b = Stack.input(4, 8, 8);
    assertRefused(
        () -> b.conv("g", 4, WindowSpec.of(1, 1, 0), 3, false), "layer g", "groups=3 ic=4 oc=4");
    assertRefused(() -> WindowSpec.of(0, 1, 0), "k=0");
    assertRefused(() -> new AxisWindow(0, 1, 0, 0, 1), "k=0");
    assertRefused(() -> new AxisWindow(1, 0, 0, 0, 1), "stride=0");
    assertRefused(() -> new AxisWindow(1, 1, -1, 0, 1), "before=-1");
    assertRefused(() -> new AxisWindow(1, 1, 0, -1, 1), "after=-1");
    assertRefused(() -> new AxisWindow(1, 1, 0, 0, 0), "dilation=0");
    List<AxisWindow> one = List.of(new AxisWindow(1, 1, 0, 0, 1));
    assertRefused(() -> b.pool("few", one, false), "layer few", "each of 2 axes, got 1");
    assertRefused(() -> b.conv("few", 4, one, 1, false), "layer few", "each of 2 axes, got 1");
    assertRefused(
        () -> b.residual("r", x -> x.conv("c", 5, 1, 1, 0), x -> x), "layer r adds [5, 8, 8]");
    assertRefused(() -> b.concat("j", List.of(x -> x.pool("p", 2, 2, 0), x -> x)), "layer j joins");
    assertRefused(() -> b.concat("j", List.of()), "at least one branch");
    assertRefused(() -> b.combine("m", List.of(x -> x)), "layer m", "at least two", "got 1");
    assertRefused(
        () -> b.combine("m", List.of(x -> x, x -> x.conv("c", 5, 1, 1, 0))),
        "layer m combines [4, 8, 8] and [5, 8, 8]");
    assertRefused(() -> AxisWindow.same(0, 3, 1, 1, true), "in=0");
    assertRefused(() -> AxisWindow.same(5, 3, 0, 1, true), "stride=0");
    UnaryOperator<StackBuilder> strided = x -> x.conv("c", 4, 8, 2, 0);
    assertRefused(() -> b.residual("s", strided, x -> x.globalPool("g")), "layer s", "one stride");
    assertRefused(() -> new ReceptiveField(0, 1, 0), "at least 1");
  }
}
