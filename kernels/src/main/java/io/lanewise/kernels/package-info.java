/**
 * The drop-in seam: {@link io.lanewise.kernels.Backend} plans operations, {@link
 * io.lanewise.kernels.CpuBackend} is the one that ships.
 *
 * <p>Every file has one of four roles. A plain-loop <em>reference</em> ({@code reference}) says
 * what each operation means. A <em>plan</em> decides everything that depends on geometry alone. A
 * <em>micro-kernel</em> ({@code simd}, {@code scalar}) does arithmetic on packed panels and knows
 * nothing else. The <em>loops</em> between them do blocking, packing and threading.
 *
 * <p>Reading order for a newcomer: {@code shape.ConvShape}, {@code reference.ReferenceConv}, {@code
 * conv.RowsForward}, {@code gemm.MacroKernel}, {@code simd.VectorMicroKernel8x2}.
 */
package io.lanewise.kernels;
