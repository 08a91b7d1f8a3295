package io.lanewise.propertytests.law;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvBackwardWeights;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The scalar backend, whose convolutions go wrong on purpose: what laws have to notice. */
final class TamperedBackend {
  private TamperedBackend() {}

  /**
   * One run of a plan.
   *
   * @param arguments the tensors that it reads, packed weights aside
   * @param db the bias' gradient, or null
   * @param count how many runs of any plan came before
   */
  record Call(
      ConvShape shape,
      List<Tensor> arguments,
      Tensor out,
      Tensor db,
      Workspace ws,
      Parallel par,
      int count) {}

  /** What goes wrong. */
  interface Tamper {
    /** The name that a plan goes by, whose name is {@code right} otherwise. */
    default String algorithm(String right) {
      return "tampered " + right;
    }

    /** After a run, which was right. */
    default void after(Call call) {}

    /** Instead of an epilogue. */
    default Epilogue epilogue(Epilogue right) {
      return right;
    }

    /** Packs the forward pass' weights. */
    default void pack(ConvForward plan, Tensor w, PackedWeights packed) {
      plan.pack(w, packed);
    }

    /** Packs the input gradient's weights. */
    default void pack(ConvBackwardData plan, Tensor w, PackedWeights packed) {
      plan.pack(w, packed);
    }

    /** True if all plans are tampered with, and not the first one only. */
    default boolean isForEveryPlan() {
      return false;
    }

    /** True if the right plan stays, before the tampered one. */
    default boolean keepsARightPlan() {
      return false;
    }
  }

  static Backend of(Tamper tamper) {
    Backend right = CpuBackend.scalar();
    AtomicInteger count = new AtomicInteger();
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              Object made = method.invoke(right, arguments);
              if (!method.getName().endsWith("Plans")) {
                return made;
              }
              if (tamper.isForEveryPlan()) {
                return ((List<?>) made).stream().map(p -> tampered(p, tamper, count)).toList();
              }
              Object plan = tampered(((List<?>) made).getFirst(), tamper, count);
              return tamper.keepsARightPlan()
                  ? List.of(((List<?>) made).getFirst(), plan)
                  : List.of(plan);
            });
  }

  private static Object tampered(Object plan, Tamper tamper, AtomicInteger count) {
    if (plan instanceof ConvForward forward) {
      return new Forward(forward, tamper, count);
    }
    return plan instanceof ConvBackwardData data
        ? new Data(data, tamper, count)
        : new Weights((ConvBackwardWeights) plan, tamper, count);
  }

  private record Forward(ConvForward right, Tamper tamper, AtomicInteger count)
      implements ConvForward {
    @Override
    public ConvShape shape() {
      return right.shape();
    }

    @Override
    public String algorithm() {
      return tamper.algorithm(right.algorithm());
    }

    @Override
    public WorkspaceSpec workspace() {
      return right.workspace();
    }

    @Override
    public PackedWeights newWeights() {
      return right.newWeights();
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      tamper.pack(right, w, packed);
    }

    @Override
    public void run(
        Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
      right.run(x, w, tamper.epilogue(epilogue), y, ws, par);
      tamper.after(new Call(shape(), List.of(x), y, null, ws, par, count.getAndIncrement()));
    }
  }

  private record Data(ConvBackwardData right, Tamper tamper, AtomicInteger count)
      implements ConvBackwardData {
    @Override
    public ConvShape shape() {
      return right.shape();
    }

    @Override
    public String algorithm() {
      return tamper.algorithm(right.algorithm());
    }

    @Override
    public WorkspaceSpec workspace() {
      return right.workspace();
    }

    @Override
    public PackedWeights newWeights() {
      return right.newWeights();
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      tamper.pack(right, w, packed);
    }

    @Override
    public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
      right.run(dy, w, dx, ws, par);
      tamper.after(new Call(shape(), List.of(dy), dx, null, ws, par, count.getAndIncrement()));
    }
  }

  private record Weights(ConvBackwardWeights right, Tamper tamper, AtomicInteger count)
      implements ConvBackwardWeights {
    @Override
    public ConvShape shape() {
      return right.shape();
    }

    @Override
    public String algorithm() {
      return tamper.algorithm(right.algorithm());
    }

    @Override
    public WorkspaceSpec workspace() {
      return right.workspace();
    }

    @Override
    public void run(Tensor x, Tensor dy, Tensor dw, Tensor db, Workspace ws, Parallel par) {
      right.run(x, dy, dw, db, ws, par);
      tamper.after(new Call(shape(), List.of(x, dy), dw, db, ws, par, count.getAndIncrement()));
    }
  }
}
