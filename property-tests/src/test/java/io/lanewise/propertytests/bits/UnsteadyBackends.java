package io.lanewise.propertytests.bits;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.kernels.gemm.Gemm;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.platform.Machine;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** Backends that are right but for the last bit of a product, which depends on what it must not. */
public final class UnsteadyBackends {
  private UnsteadyBackends() {}

  /** Depends on the number of workers. */
  public static final class Threads {
    private Threads() {}

    /** Made by name. */
    public static Backend backend() {
      return nudging(Parallel::workers);
    }
  }

  /** Depends on the JVM's compilers. */
  public static final class Jvm {
    private Jvm() {}

    /** Made by name. */
    public static Backend backend() {
      int nudge = Machine.detect().noSimd().isPresent() ? 1 : 2;
      return nudging(par -> nudge);
    }
  }

  /** Depends on how often it ran before. */
  public static final class Heat {
    private Heat() {}

    /** Made by name. */
    public static Backend backend() {
      AtomicInteger calls = new AtomicInteger();
      return nudging(par -> calls.incrementAndGet() > 40 ? 2 : 1);
    }
  }

  /** Throws in each product. */
  public static final class Throwing {
    private Throwing() {}

    /** Made by name. */
    public static Backend backend() {
      return nudging(
          par -> {
            throw new IllegalStateException("no product today");
          });
    }
  }

  /** Offers no product. */
  public static final class Lacking {
    private Lacking() {}

    /** Made by name. */
    public static Backend backend() {
      return nudging(
          par -> {
            throw new UnsupportedOperationException("no product here");
          });
    }
  }

  /** The scalar backend, the first element of each matrix product so many float32 too large. */
  private static Backend nudging(ToIntFunction<Parallel> nudge) {
    CpuBackend right = CpuBackend.scalar();
    return (Backend)
        Proxy.newProxyInstance(
            UnsteadyBackends.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, args) -> {
              if (method.getName().equals("gemm")) {
                return new NudgedGemm(right.gemm((GemmShape) args[0]), nudge);
              }
              try {
                return method.invoke(right, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private record NudgedGemm(Gemm right, ToIntFunction<Parallel> nudge) implements Gemm {
    @Override
    public GemmShape shape() {
      return right.shape();
    }

    @Override
    public WorkspaceSpec workspace() {
      return right.workspace();
    }

    @Override
    public void run(Tensor a, Tensor b, Tensor c, Workspace ws, Parallel par) {
      int steps = nudge.applyAsInt(par);
      right.run(a, b, c, ws, par);
      for (int i = 0; i < steps; i++) {
        c.array()[c.offset()] = Math.nextUp(c.array()[c.offset()]);
      }
    }
  }
}
