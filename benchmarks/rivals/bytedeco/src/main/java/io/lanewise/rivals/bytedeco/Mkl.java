package io.lanewise.rivals.bytedeco;

import static org.bytedeco.mkl.global.mkl_rt.CblasBMatrix;
import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasPacked;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.GemmShape;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;

/**
 * Intel MKL: {@code cblas_sgemm}, or {@code cblas_sgemm_compute} with B packed beforehand. It
 * exists for x86-64 only; elsewhere it can do nothing.
 */
public final class Mkl implements Contender {
  private static final String PACKED = "packed";
  private static final String SGEMM = "sgemm";
  private static final String SGEMV = "sgemv";

  @Override
  public String name() {
    return "mkl";
  }

  @Override
  public String version() {
    var v = new mkl_rt.MKLVersion();
    mkl_rt.MKL_Get_Version(v);
    return v.MajorVersion() + "." + v.UpdateVersion();
  }

  @Override
  public List<String> variants(Task task) {
    if (!Products.isProduct(task) || !isThere()) {
      return List.of();
    }
    if (Products.isVector(task)) {
      return List.of(SGEMV, SGEMM, PACKED);
    }
    return task.op() == Op.LINEAR ? List.of(PACKED, SGEMM) : List.of(SGEMM, PACKED);
  }

  private static boolean isThere() {
    try {
      Loader.load(mkl_rt.class);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    mkl_rt.MKL_Set_Dynamic(0);
    mkl_rt.MKL_Set_Num_Threads(threads);
    Products p = new Products(task);
    return switch (variant) {
      case PACKED -> new Packed(p, pack(p));
      case SGEMV -> new Sgemv(p);
      default -> new Sgemm(p);
    };
  }

  private static int transpose(boolean transposed) {
    return transposed ? CblasTrans : CblasNoTrans;
  }

  private static FloatPointer pack(Products p) {
    GemmShape s = p.shape;
    long bytes = mkl_rt.cblas_sgemm_pack_get_size(CblasBMatrix, s.m(), s.n(), s.k());
    FloatPointer packed = p.allocate(Math.ceilDiv(bytes, Float.BYTES));
    mkl_rt.cblas_sgemm_pack(
        CblasRowMajor,
        CblasBMatrix,
        transpose(s.transposeB()),
        s.m(),
        s.n(),
        s.k(),
        1,
        p.b,
        Products.ld(s.b()),
        packed);
    return packed;
  }

  private record Packed(Products p, FloatPointer b) implements Prepared {
    @Override
    public void run() {
      GemmShape s = p.shape;
      mkl_rt.cblas_sgemm_compute(
          CblasRowMajor,
          CblasNoTrans,
          CblasPacked,
          s.m(),
          s.n(),
          s.k(),
          p.a,
          s.k(),
          b,
          Products.ld(s.b()),
          0,
          p.c,
          s.n());
    }

    @Override
    public float[] output() {
      return p.result();
    }

    @Override
    public void close() {
      p.close();
    }
  }

  private record Sgemm(Products p) implements Prepared {
    @Override
    public void run() {
      GemmShape s = p.shape;
      mkl_rt.cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          transpose(s.transposeB()),
          s.m(),
          s.n(),
          s.k(),
          1,
          p.a,
          s.k(),
          p.b,
          Products.ld(s.b()),
          0,
          p.c,
          s.n());
    }

    @Override
    public float[] output() {
      return p.result();
    }

    @Override
    public void close() {
      p.close();
    }
  }

  /** A·b, or for a row a, a·B as Bᵀ·aᵀ. */
  private record Sgemv(Products p) implements Prepared {
    @Override
    public void run() {
      GemmShape s = p.shape;
      if (s.n() == 1) {
        mkl_rt.cblas_sgemv(
            CblasRowMajor, CblasNoTrans, s.m(), s.k(), 1, p.a, s.k(), p.b, 1, 0, p.c, 1);
      } else {
        mkl_rt.cblas_sgemv(
            CblasRowMajor, CblasTrans, s.k(), s.n(), 1, p.b, s.n(), p.a, 1, 0, p.c, 1);
      }
    }

    @Override
    public float[] output() {
      return p.result();
    }

    @Override
    public void close() {
      p.close();
    }
  }
}
