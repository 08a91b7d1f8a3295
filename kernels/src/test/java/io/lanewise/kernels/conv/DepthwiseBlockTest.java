package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Guarded;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.ForkJoinTeam;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A block gives the bits of its convolutions' own plans, run one after the other. */
final class DepthwiseBlockTest {
  private static final Parallel FOUR = Teams.eager(ForkJoinTeam.of(4));
  private static final int TINY_L2 = 1 << 12; // a group of rows is a strip
  private static final int LARGE_L2 = 1 << 24; // an image is a strip

  /** Depthwise shapes; channels before and behind follow from them. */
  static Stream<String> shapes() {
    return Stream.of(
        "n1 ic2 ih1 oc2 kh3 p1 g2",
        "n3 ic15 ih9 iw5 oc15 kh3 p1 g15",
        "n1 ic16 ih7 oc16 kh3 s2 p1 g16",
        "n2 ic17 ih14 iw11 oc17 kh5 s2 p2 g17",
        "n1 ic32 ih23 iw8 oc32 kh3 p1 g32",
        "n1 ic64 ih12 iw13 oc64 kh3 s2 p1 g64",
        "n1 ic7 ih13 iw3 oc7 kh3 d3 p3 g7",
        "n0 ic5 ih6 oc5 kh3 p1 g5",
        "n1 ic13 ih2 iw3 oc13 kh2 p4 g13",
        "n1 ic3 ih31 iw2 oc3 kh1 s5 g3",
        "n2 ic19 ih6 iw9 oc19 kh4 kw2 pt3 pl1 g19",
        "n1 ic11 iw29 oc11 kw5 p2 g11",
        "n1 ic193 ih17 iw4 oc193 kh3 p1 g193");
  }

  private static ConvShape pointwise(ConvShape like, boolean before, int channels) {
    int in = before ? channels : like.oc();
    int out = before ? like.ic() : channels;
    ConvShape.Builder b =
        like.rank() == 1
            ? ConvShape.input(like.n(), in, before ? like.iw() : like.ow()).filters(out, 1)
            : ConvShape.input(
                    like.n(), in, before ? like.ih() : like.oh(), before ? like.iw() : like.ow())
                .filters(out, 1, 1);
    return b.build();
  }

  private static List<DepthwiseBlockShape> blocks(String text) {
    ConvShape d = ConvShape.parse(text);
    ConvShape expansion = pointwise(d, true, 6);
    ConvShape projection = pointwise(d, false, d.oc() == 7 ? 300 : d.oc() < 10 ? 70 : 5);
    return List.of(
        new DepthwiseBlockShape(expansion, d, projection),
        new DepthwiseBlockShape(expansion, d, null),
        new DepthwiseBlockShape(null, d, projection));
  }

  private static Target withL2(Target target, int bytes) {
    Machine m = target.machine();
    Machine other = new Machine(m.arch(), m.cores(), m.l1Bytes(), bytes, m.fma(), m.noSimd());
    return new Target(other, target.kernels());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void givesTheBitsOfItsConvolutions(String text) {
    for (DepthwiseBlockShape shape : blocks(text)) {
      for (Target any : Targets.all()) {
        for (int l2 : new int[] {TINY_L2, LARGE_L2}) {
          Target target = withL2(any, l2);
          DepthwiseBlock block = plan(shape, target);
          Data data = new Data(block);
          Tensor expected = separately(block, data);
          for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE, FOUR)) {
            String context =
                "%s, %s, L2 of %d, %d workers"
                    .formatted(shape, target.kernels().name(), l2, par.workers());
            assertSameBits(expected, together(block, data, par, context), context);
          }
        }
      }
    }
  }

  private static DepthwiseBlock plan(DepthwiseBlockShape shape, Target target) {
    return DepthwiseBlocks.planAlways(shape, ConvOptions.DEFAULT, target).orElseThrow();
  }

  /** What a block is given. */
  private static final class Data {
    final Tensor x;
    final List<PackedWeights> packed = new ArrayList<>();
    final List<Epilogue> epilogues = new ArrayList<>();

    Data(DepthwiseBlock block) {
      DepthwiseBlockShape shape = block.shape();
      x = TestData.uniform(shape.first().x(), 1).copy(Layout.CHANNELS_LAST);
      for (ConvForward conv : block.convolutions()) {
        int i = packed.size();
        ConvShape s = conv.shape();
        packed.add(conv.pack(TestData.uniform(s.w(), 10 + i)));
        boolean projects = s.equals(shape.projection());
        Tensor bias = i == 1 ? null : TestData.uniform(s.bias(), 20 + i);
        Tensor residual = projects ? TestData.uniform(s.y(), 30).copy(Layout.CHANNELS_LAST) : null;
        epilogues.add(
            Epilogue.bias(bias)
                .add(residual)
                .activation(i == 0 ? Activation.relu6() : Activation.hardSwish()));
      }
    }
  }

  private static Tensor separately(DepthwiseBlock block, Data data) {
    Tensor t = data.x;
    for (int i = 0; i < block.convolutions().size(); i++) {
      ConvForward conv = block.convolutions().get(i);
      Tensor y = Tensor.zeros(conv.shape().y(), Layout.CHANNELS_LAST);
      conv.run(
          t,
          data.packed.get(i),
          data.epilogues.get(i),
          y,
          TestData.workspace(conv.workspace(), Parallel.SEQUENTIAL),
          Parallel.SEQUENTIAL);
      t = y;
    }
    return t;
  }

  private static Tensor together(DepthwiseBlock block, Data data, Parallel par, String context) {
    Guarded x = Guarded.of(data.x);
    Guarded y = Guarded.unwritten(block.shape().last().y(), Layout.CHANNELS_LAST);
    block.run(
        x.tensor(),
        data.packed,
        data.epilogues,
        y.tensor(),
        TestData.workspace(block.workspace(), par),
        par);
    x.assertUnchanged(context);
    y.assertGuardsIntact(context);
    return y.tensor();
  }

  /** x comes back as the residual in every inverted residual; y may be the residual. */
  @Test
  void theResidualMayBeXOrY() {
    ConvShape d = ConvShape.parse("n2 ic18 ih11 oc18 kh3 p1 g18");
    DepthwiseBlockShape shape =
        new DepthwiseBlockShape(pointwise(d, true, 6), d, pointwise(d, false, 6));
    DepthwiseBlock block = plan(shape, withL2(Targets.best(), TINY_L2));
    Data data = new Data(block);
    List<Epilogue> ofX = new ArrayList<>(data.epilogues);
    ofX.set(2, Epilogue.none().add(data.x));
    data.epilogues.clear();
    data.epilogues.addAll(ofX);
    Tensor expected = separately(block, data);
    assertSameBits(expected, together(block, data, Teams.THREE, "x"), "the residual is x");
    Tensor y = data.x.copy(Layout.CHANNELS_LAST);
    data.epilogues.set(2, Epilogue.none().add(y));
    block.run(
        data.x,
        data.packed,
        data.epilogues,
        y,
        TestData.workspace(block.workspace(), Teams.THREE),
        Teams.THREE);
    assertSameBits(expected, y, "the residual is y");
  }

  @Test
  void refusesWhatDoesNotFit() {
    DepthwiseBlockShape shape = blocks("n1 ic16 ih7 oc16 kh3 s2 p1 g16").get(0);
    DepthwiseBlock block = plan(shape, Targets.best());
    Data d = new Data(block);
    Tensor y = Tensor.zeros(shape.last().y(), Layout.CHANNELS_LAST);
    Epilogue residual = Epilogue.none().add(y);
    Epilogue bias = Epilogue.bias(Tensor.zeros(3));
    List<Epilogue> none = Collections.nCopies(3, Epilogue.none());
    List<PackedWeights> strange = Collections.nCopies(3, d.packed.get(1));
    run(block, d.x, d.packed, none, y);
    refused("x must have shape", () -> run(block, y, d.packed, none, d.x));
    refused("x must have layout", () -> run(block, Tensor.zeros(d.x.shape()), d.packed, none, y));
    refused("as many weights", () -> run(block, d.x, d.packed.subList(0, 2), none, y));
    refused("as many weights", () -> run(block, d.x, d.packed, none.subList(0, 2), y));
    refused("packed as", () -> run(block, d.x, strange, none, y));
    refused(
        "only a projection adds a residual, got one for convolution 0",
        () -> run(block, d.x, d.packed, List.of(residual, none.get(0), none.get(0)), y));
    refused("bias", () -> run(block, d.x, d.packed, Collections.nCopies(3, bias), y));
  }

  private static void run(
      DepthwiseBlock block, Tensor x, List<PackedWeights> w, List<Epilogue> e, Tensor y) {
    Parallel alone = Parallel.SEQUENTIAL;
    block.run(x, w, e, y, TestData.workspace(block.workspace(), alone), alone);
  }

  @Test
  void aShapeIsOfConvolutionsThatFollowEachOther() {
    ConvShape d = ConvShape.parse("n1 ic16 ih7 oc16 kh3 s2 p1 g16");
    ConvShape before = pointwise(d, true, 6);
    ConvShape after = pointwise(d, false, 6);
    refused("an expansion, a projection", () -> new DepthwiseBlockShape(null, d, null));
    refused("the depthwise convolution reads", () -> new DepthwiseBlockShape(after, d, null));
    refused("the projection reads", () -> new DepthwiseBlockShape(null, d, before));
    refused("must be 1x1", () -> new DepthwiseBlockShape(d, d, null));
    ConvShape dense = ConvShape.parse("n1 ic16 ih7 oc16 kh3 s2 p1");
    refused("a filter for each channel", () -> new DepthwiseBlockShape(before, dense, null));
    ConvShape two = ConvShape.parse("n1 ic16 ih7 oc32 kh3 s2 p1 g16");
    refused("a filter for each channel", () -> new DepthwiseBlockShape(before, two, null));
    assertEquals(
        "n1 ic6 ih7 oc16 kh1, then n1 ic16 ih7 oc16 kh3 s2 p1 g16",
        new DepthwiseBlockShape(before, d, null).toString());
  }

  private static void refused(String message, Executable call) {
    String got = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(got.contains(message), got);
  }
}
