package io.lanewise.cli;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** The scalar backend, but for convolutions' input gradients, whose last element is wrong. */
public final class WrongBackend {
  private WrongBackend() {}

  /** Made by name. */
  public static Backend backend() {
    CpuBackend right = CpuBackend.scalar();
    return (Backend)
        Proxy.newProxyInstance(
            WrongBackend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, args) -> {
              if (method.getName().equals("convBackwardData")) {
                return new Wrong(right.convBackwardData((ConvShape) args[0]));
              }
              if (method.getName().equals("convBackwardDataPlans")) {
                return List.of(new Wrong(right.convBackwardData((ConvShape) args[0])));
              }
              try {
                return method.invoke(right, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private record Wrong(ConvBackwardData right) implements ConvBackwardData {
    @Override
    public ConvShape shape() {
      return right.shape();
    }

    @Override
    public String algorithm() {
      return "wrong";
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
      right.pack(w, packed);
    }

    @Override
    public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
      right.run(dy, w, dx, ws, par);
      if (dx.size() > 0) {
        dx.array()[dx.offset() + dx.size() - 1] += 64;
      }
    }
  }
}
