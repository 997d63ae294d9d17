using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <summary>Holds the contender that one benchmark is about, whatever its type.</summary>
internal abstract class Holder : IDisposable
{
    /// <summary>Puts a new cache in the place of the old one.</summary>
    public abstract void Refill(Traffic traffic);

    public abstract void Dispose();

    public sealed class Of<TContender> : Holder
        where TContender : struct, IContender<TContender>
    {
        private TContender _contender;

        public Of(Traffic traffic) => _contender = Filled.With<TContender>(traffic);

        public ref TContender Contender => ref _contender;

        public override void Refill(Traffic traffic)
        {
            _contender.Dispose();
            _contender = Filled.With<TContender>(traffic);
        }

        public override void Dispose() => _contender.Dispose();
    }
}
