package io.lanewise.propertytests.law;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.law.TamperedBackend.Call;
import io.lanewise.propertytests.law.TamperedBackend.Tamper;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Ways in which a convolution may go wrong, each the contrary of one check of a law. */
final class Tampers {
  private Tampers() {}

  /** One element of a result, changed. */
  private interface Change {
    float of(float right, int i);
  }

  private static Tamper each(Predicate<Call> when, Change change) {
    return after(
        call -> {
          Tensor out = call.out();
          int changed = when.test(call) ? out.size() : 0;
          for (int i = 0; i < changed; i++) {
            out.array()[out.offset() + i] = change.of(Elements.at(out, i), i);
          }
        });
  }

  private static Tamper after(Consumer<Call> what) {
    return new Tamper() {
      @Override
      public void after(Call call) {
        what.accept(call);
      }
    };
  }

  /** Every result is one too large, where {@code when} says so. */
  static Tamper addsOne(Predicate<Call> when) {
    return each(when, (y, i) -> y + 1);
  }

  /** Results that are no whole numbers are a hundredth too large, for some shapes. */
  static Tamper spoilsFractions(Predicate<ConvShape> shapes) {
    return each(call -> shapes.test(call.shape()), (y, i) -> y == Math.rint(y) ? y : y * 1.01f);
  }

  /** The same in every plan: for laws of algorithms that are seldom the first. */
  static Tamper everyPlan(Tamper tamper) {
    return new Tamper() {
      @Override
      public void after(Call call) {
        tamper.after(call);
      }

      @Override
      public boolean isForEveryPlan() {
        return true;
      }
    };
  }

  /** One too large where an argument holds more than {@code limit}. */
  static Tamper addsOneBeyond(int argument, float limit) {
    return addsOne(call -> Elements.greatest(call.arguments().get(argument)) > limit);
  }

  static Tamper roundsToGrid() {
    return each(call -> true, (y, i) -> Math.round(y * 1024) / 1024f);
  }

  static Tamper flushesSubnormals() {
    return each(call -> true, (y, i) -> Math.abs(y) < Float.MIN_NORMAL ? 0 : y);
  }

  static Tamper dependsOnPlace() {
    return each(call -> true, (y, i) -> y * (1 + i % 7));
  }

  static Tamper dependsOnFirstElement() {
    return after(
        call -> {
          Tensor first = call.arguments().getFirst();
          if (call.out().size() > 0 && first.size() > 0) {
            call.out().array()[call.out().offset()] += Elements.at(first, 0);
          }
        });
  }

  static Tamper overwrites() {
    return each(call -> true, (y, i) -> 1);
  }

  static Tamper spoilsBiasGradient() {
    return after(
        call -> {
          if (call.db() != null) {
            call.db().array()[call.db().offset()] += 1;
          }
        });
  }

  /** The second algorithm is wrong, the first is not. */
  static Tamper disagrees() {
    return new Tamper() {
      @Override
      public void after(Call call) {
        addsOne(c -> true).after(call);
      }

      @Override
      public boolean keepsARightPlan() {
        return true;
      }
    };
  }

  /** Goes by the name of an algorithm that transforms first, and is wrong. */
  static Tamper transformsAndAddsOne() {
    return new Tamper() {
      @Override
      public void after(Call call) {
        addsOne(c -> true).after(call);
      }

      @Override
      public String algorithm(String right) {
        return "winograd-f2x2-3x3";
      }
    };
  }

  static Tamper countsRuns() {
    return after(call -> each(c -> true, (y, i) -> y + call.count()).after(call));
  }

  /** Wrong if the run before was of the shape with one more image. */
  static Tamper remembersTheLastShape() {
    ConvShape[] last = {null};
    return after(
        call -> {
          ConvShape larger = call.shape().withBatch(call.shape().n() + 1);
          addsOne(c -> larger.equals(last[0])).after(call);
          last[0] = call.shape();
        });
  }

  static Tamper readsWorkspace() {
    return each(call -> endsInNan(call.ws().array()), (y, i) -> y + 1);
  }

  private static boolean endsInNan(float[] x) {
    return x.length > 0 && (Float.isNaN(x[0]) || Float.isNaN(x[x.length - 1]));
  }

  /** Weights packed again into the same memory stay as they were. */
  static Tamper packsOnce() {
    Set<PackedWeights> known = new HashSet<>();
    return new Tamper() {
      @Override
      public void pack(ConvForward plan, Tensor w, PackedWeights packed) {
        if (known.add(packed)) {
          plan.pack(w, packed);
        }
      }

      @Override
      public void pack(ConvBackwardData plan, Tensor w, PackedWeights packed) {
        if (known.add(packed)) {
          plan.pack(w, packed);
        }
      }
    };
  }

  static Tamper spreadsNan() {
    return each(call -> hasNan(call.arguments().getFirst()), (y, i) -> Float.NaN);
  }

  static Tamper swallowsNan() {
    return each(call -> true, (y, i) -> Float.isNaN(y) ? 0 : y);
  }

  private static boolean hasNan(Tensor t) {
    return Float.isNaN((float) Elements.sum(t)); // infinities of both signs would do as well
  }

  static Tamper forgetsBias() {
    return new Tamper() {
      @Override
      public Epilogue epilogue(Epilogue right) {
        return new Epilogue(null, right.residual(), right.activation());
      }
    };
  }

  static Tamper forgetsMin() {
    return limits((min, max) -> Activation.clamp(Float.NEGATIVE_INFINITY, max));
  }

  static Tamper forgetsMax() {
    return limits((min, max) -> Activation.clamp(min, Float.POSITIVE_INFINITY));
  }

  private static Tamper limits(BiFunction<Float, Float, Activation> change) {
    return new Tamper() {
      @Override
      public Epilogue epilogue(Epilogue right) {
        Activation f = right.activation();
        return f.kind() == Activation.Kind.CLAMP
            ? new Epilogue(right.bias(), right.residual(), change.apply(f.first(), f.second()))
            : right;
      }
    };
  }

  static Tamper forgetsResidual() {
    return new Tamper() {
      @Override
      public Epilogue epilogue(Epilogue right) {
        return new Epilogue(right.bias(), null, right.activation());
      }
    };
  }

  static Tamper forgetsActivation() {
    return new Tamper() {
      @Override
      public Epilogue epilogue(Epilogue right) {
        return new Epilogue(right.bias(), right.residual(), Activation.identity());
      }
    };
  }
}
