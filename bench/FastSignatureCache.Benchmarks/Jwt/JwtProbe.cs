using FastSignatureCache.Bench.Measuring;

namespace FastSignatureCache.Bench.Jwt;

/// <summary>One way to look at a token.</summary>
internal abstract class JwtProbe(string name, string token) : Probe(name)
{
    private const int Calls = 100;

    protected override int Operations => Calls;

    protected override void Run(int repetitions)
    {
        var valid = 0;
        for (var i = 0; i < repetitions * Calls; i++)
        {
            valid += Check(token) ? 1 : 0;
        }

        GC.KeepAlive(valid == 0 ? token : null);
    }

    protected abstract bool Check(string token);

    public sealed class ScanOnce(string token) : JwtProbe("one vectorised scan", token)
    {
        protected override bool Check(string token) => Scan.HasOnlyTokenCharacters(token);
    }

    public sealed class IsValid(string token) : JwtProbe("JwtFormat.IsValid", token)
    {
        protected override bool Check(string token) => JwtFormat.IsValid(token);
    }

    public sealed class CanReadToken(string token) : JwtProbe("JsonWebTokenHandler.CanReadToken", token)
    {
        private readonly Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler _handler = new();

        protected override bool Check(string token) => _handler.CanReadToken(token);
    }
}
