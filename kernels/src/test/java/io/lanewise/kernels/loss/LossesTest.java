package io.lanewise.kernels.loss;

import static io.lanewise.kernels.ErrorBound.assertClose;
import static io.lanewise.kernels.ErrorBound.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.Targets;
import io.lanewise.kernels.Teams;
import io.lanewise.kernels.TestData;
import io.lanewise.kernels.micro.Target;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every loss against the reference, the reference against differences, bits against bits. */
final class LossesTest {
  private static final Losses REFERENCE = new ReferenceBackend().losses();

  /**
   * Terms come in some 40 roundings of what is at most 60 here, sums in 16 chains of at most 64 a
   * block; slopes of at most 8 likewise. The agreement with PyTorch has a bound of each loss.
   */
  private static final double TERM = 100 * 0x1p-24;

  @ParameterizedTest
  @EnumSource
  void everyLossAgreesWithTheReference(Reduction reduction) {
    for (LossCase each : LossCase.all()) {
      LossCase.Run reference = each.planned().plan(REFERENCE, reduction);
      Tensor want = LossCase.forward(reference, each.inputs(), Parallel.SEQUENTIAL);
      Tensor dloss = TestData.uniform(reference.lossShape(), 7);
      List<Tensor> wanted = LossCase.backward(reference, each.inputs(), dloss, Parallel.SEQUENTIAL);
      for (Target t : Targets.all()) {
        LossCase.Run run = each.planned().plan(new KernelLosses(t), reduction);
        assertEquals(reference.lossShape(), run.lossShape());
        String context = each + " " + reduction + " " + t.kernels().name();
        near(want, LossCase.forward(run, each.inputs(), Parallel.SEQUENTIAL), context);
        List<Tensor> got = LossCase.backward(run, each.inputs(), dloss, Parallel.SEQUENTIAL);
        for (int i = 0; i < got.size(); i++) {
          near(wanted.get(i), got.get(i), context + ", gradient " + i);
        }
      }
    }
  }

  private static void near(Tensor want, Tensor got, String context) {
    assertEquals(want.shape(), got.shape(), context);
    for (int i = 0; i < want.size(); i++) {
      double w = want.array()[i];
      assertClose(w, TERM * Math.max(4, Math.abs(w)), got.array()[i], i, context);
    }
  }

  @Test
  void theBitsAreThoseOfScalarKernelsOnAnyTeam() {
    Losses scalar = CpuBackend.scalar().losses();
    Losses best = CpuBackend.best().losses();
    for (LossCase each : LossCase.all()) {
      for (Reduction reduction : Reduction.values()) {
        LossCase.Run one = each.planned().plan(scalar, reduction);
        Tensor dloss = TestData.uniform(one.lossShape(), 7);
        Tensor want = LossCase.forward(one, each.inputs(), Parallel.SEQUENTIAL);
        List<Tensor> wanted = LossCase.backward(one, each.inputs(), dloss, Parallel.SEQUENTIAL);
        for (Parallel par : List.of(Parallel.SEQUENTIAL, Teams.THREE)) {
          LossCase.Run run = each.planned().plan(best, reduction);
          assertSameBits(want, LossCase.forward(run, each.inputs(), par), each.name());
          List<Tensor> got = LossCase.backward(run, each.inputs(), dloss, par);
          for (int i = 0; i < got.size(); i++) {
            assertSameBits(wanted.get(i), got.get(i), each.name());
          }
        }
      }
    }
  }

  /**
   * {@code Σ dloss · (loss(x + h) - loss(x - h)) / 2h}, h = 2^-8, dloss such that slopes are near
   * 1: losses of at most 60 are rounded by 2^-18, which makes 2^-11 of the quotient; third
   * derivatives are below 200, which makes 2^-11, too, both for a dloss of 1. Where h and h/2 tell
   * another slope lies a kink.
   */
  @ParameterizedTest
  @EnumSource
  void theReferencesGradientsAreItsDifferences(Reduction reduction) {
    float h = 0x1p-8f;
    for (LossCase each : LossCase.small()) {
      LossCase.Run run = each.planned().plan(REFERENCE, reduction);
      Tensor dloss = TestData.uniform(run.lossShape(), 7);
      if (reduction == Reduction.MEAN) {
        dloss.array()[0] *= each.inputs().get(0).size();
      }
      double bound = 4e-3 * Math.max(1, greatest(dloss));
      List<Tensor> gradients = LossCase.backward(run, each.inputs(), dloss, Parallel.SEQUENTIAL);
      int kinks = 0;
      for (int k = 0; k < gradients.size(); k++) {
        for (int i = 0; i < gradients.get(k).size(); i++) {
          double want = difference(run, each.inputs(), k, i, h / 2, dloss);
          if (Math.abs(want - difference(run, each.inputs(), k, i, h, dloss)) > bound) {
            kinks++;
          } else {
            assertClose(want, bound, gradients.get(k).array()[i], i, each + " " + reduction);
          }
        }
      }
      assertTrue(kinks < 4, each + " was hardly compared");
    }
  }

  private static double difference(
      LossCase.Run run, List<Tensor> inputs, int k, int i, float h, Tensor dloss) {
    double up = moved(run, inputs, k, i, h, dloss);
    return (up - moved(run, inputs, k, i, -h, dloss)) / (2 * h);
  }

  private static double moved(
      LossCase.Run run, List<Tensor> inputs, int k, int i, float h, Tensor dloss) {
    List<Tensor> at = new ArrayList<>(inputs);
    at.set(k, inputs.get(k).copy());
    at.get(k).array()[i] += h;
    Tensor loss = LossCase.forward(run, at, Parallel.SEQUENTIAL);
    double sum = 0;
    for (int j = 0; j < loss.size(); j++) {
      sum += (double) loss.array()[j] * dloss.array()[j];
    }
    return sum;
  }

  private static double greatest(Tensor t) {
    double greatest = 0;
    for (float v : t.toArray()) {
      greatest = Math.max(greatest, Math.abs(v));
    }
    return greatest;
  }
}
