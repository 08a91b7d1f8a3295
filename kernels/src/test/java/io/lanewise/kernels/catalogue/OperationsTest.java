package io.lanewise.kernels.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.reference.ReferenceBackend;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OperationsTest {
  /** Examples are small and well-conditioned; each operation's own tests hold its bound. */
  private static final double TOLERANCE = OperationCheck.TOLERANCE;

  @TestFactory
  List<DynamicTest> everyExampleAgreesWithTheReference() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation op : Operations.all()) {
      for (int axes : op.axes()) {
        String name = op.family() + ": " + op.name() + ", axes " + axes;
        tests.add(DynamicTest.dynamicTest(name, () -> compare(op.forward(), axes)));
        op.backward()
            .ifPresent(
                b -> tests.add(DynamicTest.dynamicTest(name + ", back", () -> compare(b, axes))));
      }
    }
    return tests;
  }

  private static void compare(Example example, int axes) {
    List<Tensor> want = example.run(new ReferenceBackend(), axes);
    assertFalse(want.isEmpty(), "an example that writes nothing shows nothing");
    for (Backend backend : List.of(CpuBackend.best(), CpuBackend.scalar())) {
      List<Tensor> got = example.run(backend, axes);
      assertEquals(want.size(), got.size());
      boolean something = false;
      for (int i = 0; i < want.size(); i++) {
        something |= near(want.get(i), got.get(i), backend);
      }
      assertTrue(something, "an example whose result is 0 everywhere shows nothing");
    }
  }

  /** True if something is not 0, or there is nothing. */
  private static boolean near(Tensor want, Tensor got, Backend backend) {
    assertEquals(want.shape(), got.shape());
    float[] w = want.toArray();
    float[] g = got.toArray();
    boolean something = false;
    for (int i = 0; i < w.length; i++) {
      assertEquals(w[i], g[i], TOLERANCE * Math.max(1, Math.abs(w[i])), backend.describe());
      something |= w[i] != 0;
    }
    return something || w.length == 0;
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    for (Operation op : Operations.all()) {
      assertTrue(names.add(op.family() + ": " + op.name()), op.name() + " stands there twice");
    }
  }
}
