using System.Text;
using BenchmarkDotNet.Attributes;
using FastSignatureCache.Bench.Latency;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FastSignatureCache.Bench.Jwt;

/// <summary>Validation of a token's form beside one vectorised scan of the same characters, and beside what users take for it.</summary>
[Config(typeof(LatencyConfig))]
public class JwtBenchmarks
{
    private readonly JsonWebTokenHandler _handler = new();
    private string _token = "";
    private byte[] _utf8Token = [];

    /// <summary>The length of the token, in characters.</summary>
    [Params(1_024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _token = Tokens.WellFormed(Length);
        _utf8Token = Encoding.ASCII.GetBytes(_token);
    }

    [Benchmark(Baseline = true, Description = "one vectorised scan")]
    public bool ScanOnce() => Scan.HasOnlyTokenCharacters(_token);

    [Benchmark(Description = "JwtFormat.IsValid, characters")]
    public bool IsValidOfCharacters() => JwtFormat.IsValid(_token);

    [Benchmark(Description = "JwtFormat.IsValid, UTF-8")]
    public bool IsValidOfBytes() => JwtFormat.IsValid(_utf8Token);

    [Benchmark(Description = "JsonWebTokenHandler.CanReadToken")]
    public bool CanReadToken() => _handler.CanReadToken(_token);
}
