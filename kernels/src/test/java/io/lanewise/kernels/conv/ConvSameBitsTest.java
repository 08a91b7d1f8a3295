package io.lanewise.kernels.conv;

import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A convolution's bits: the same on any team, again, in any batch, and in SIMD as in scalar. */
final class ConvSameBitsTest {
  static Set<ConvShape> shapes() {
    return ConvShapes.all();
  }

  /** One pass as a function of nothing but its inputs. */
  private interface Pass<P> {
    Tensor run(P plan, Parallel par);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void onAnyTeamAndAgain(ConvShape s) {
    Target target = Targets.best();
    forAnyTeam(ConvAlgorithms.FORWARD, s, target, (p, par) -> forward(p, x(s), par));
    forAnyTeam(ConvAlgorithms.BACKWARD_DATA, s, target, (p, par) -> data(p, dy(s), par));
    forAnyTeam(ConvAlgorithms.BACKWARD_WEIGHTS, s, target, ConvSameBitsTest::weights);
  }

  private static <P> void forAnyTeam(
      List<ConvAlgorithm<P>> list, ConvShape s, Target target, Pass<P> pass) {
    for (ConvOptions options : ConvContract.ALL) {
      for (ConvAlgorithm<P> algorithm : ConvContract.able(list, s, options, target)) {
        P plan = algorithm.plan(s, options, target);
        Tensor alone = pass.run(plan, Parallel.SEQUENTIAL);
        for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.TWO, Teams.THREE)) {
          String context = ConvContract.describe(algorithm, options, target, par, s);
          assertSameBits(alone, pass.run(plan, par), context);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inSimdAsInScalar(ConvShape s) {
    Target simd = Targets.simdOrSkip();
    likeScalar(ConvAlgorithms.FORWARD, s, simd, (p, par) -> forward(p, x(s), par));
    likeScalar(ConvAlgorithms.BACKWARD_DATA, s, simd, (p, par) -> data(p, dy(s), par));
    likeScalar(ConvAlgorithms.BACKWARD_WEIGHTS, s, simd, ConvSameBitsTest::weights);
  }

  private static <P> void likeScalar(
      List<ConvAlgorithm<P>> list, ConvShape s, Target simd, Pass<P> pass) {
    Target scalar = CpuBackend.scalar().target();
    for (ConvOptions options : ConvContract.ALL) {
      for (ConvAlgorithm<P> algorithm : ConvContract.able(list, s, options, simd)) {
        Tensor expected = pass.run(algorithm.plan(s, options, scalar), Parallel.SEQUENTIAL);
        Tensor got = pass.run(algorithm.plan(s, options, simd), Parallel.SEQUENTIAL);
        String context = ConvContract.describe(algorithm, options, simd, Parallel.SEQUENTIAL, s);
        assertSameBits(expected, got, context);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void ofOneImageAloneAsInABatch(ConvShape s) {
    for (Target target : Targets.all()) {
      ConvForward forward = planForward(s, target);
      ConvBackwardData data = planData(s, target);
      ConvForward forward1 = planForward(s.withBatch(1), target);
      ConvBackwardData data1 = planData(s.withBatch(1), target);
      assertEquals(forward.algorithm(), forward1.algorithm(), "the batch must not choose");
      assertEquals(data.algorithm(), data1.algorithm(), "the batch must not choose");
      Tensor y = forward(forward, x(s), Parallel.SEQUENTIAL);
      Tensor dx = data(data, dy(s), Parallel.SEQUENTIAL);
      for (int img = 0; img < Math.min(3, s.n()); img++) {
        String context = "image " + img + ", " + target.kernels().name() + ", " + s;
        Tensor y1 = forward(forward1, x(s).slice(img, img + 1), Parallel.SEQUENTIAL);
        assertSameBits(y1, y.slice(img, img + 1), "y of " + context);
        Tensor dx1 = data(data1, dy(s).slice(img, img + 1), Parallel.SEQUENTIAL);
        assertSameBits(dx1, dx.slice(img, img + 1), "dx of " + context);
      }
    }
  }

  private static ConvForward planForward(ConvShape s, Target target) {
    return ConvAlgorithms.plan(ConvAlgorithms.FORWARD, s, ConvOptions.DEFAULT, target);
  }

  private static ConvBackwardData planData(ConvShape s, Target target) {
    return ConvAlgorithms.plan(ConvAlgorithms.BACKWARD_DATA, s, ConvOptions.DEFAULT, target);
  }

  private static Tensor x(ConvShape s) {
    return TestData.uniform(s.x(), 1);
  }

  private static Tensor dy(ConvShape s) {
    return TestData.uniform(s.y(), 2);
  }

  private static Tensor forward(ConvForward plan, Tensor x, Parallel par) {
    ConvShape s = plan.shape();
    Tensor y = Tensor.zeros(s.y(), plan.layout());
    Tensor residual = residual(s).copy(plan.layout());
    Epilogue epilogue = Epilogue.bias(TestData.uniform(s.bias(), 3)).add(residual).silu();
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.run(x.copy(plan.layout()), plan.pack(TestData.uniform(s.w(), 4)), epilogue, y, ws, par);
    return y;
  }

  /** The same for every image. */
  private static Tensor residual(ConvShape s) {
    Tensor one = TestData.uniform(s.withBatch(1).y(), 6);
    Tensor all = Tensor.zeros(s.y());
    for (int img = 0; img < s.n(); img++) {
      all.slice(img, img + 1).copyFrom(one);
    }
    return all;
  }

  private static Tensor data(ConvBackwardData plan, Tensor dy, Parallel par) {
    ConvShape s = plan.shape();
    Tensor dx = Tensor.zeros(s.x(), plan.layout());
    Workspace ws = TestData.workspace(plan.workspace(), par);
    plan.run(dy.copy(plan.layout()), plan.pack(TestData.uniform(s.w(), 4)), dx, ws, par);
    return dx;
  }

  /** dw and db, one after the other. */
  private static Tensor weights(ConvBackwardWeights plan, Parallel par) {
    ConvShape s = plan.shape();
    Tensor all = TestData.uniform(Shape.of(s.w().size() + s.oc()), 5);
    Tensor dw = Tensor.wrap(s.w(), all.array(), 0);
    Tensor db = Tensor.wrap(s.bias(), all.array(), dw.size());
    Tensor x = x(s).copy(plan.layout());
    Tensor dy = dy(s).copy(plan.layout());
    plan.run(x, dy, dw, db, TestData.workspace(plan.workspace(), par), par);
    return all;
  }
}
