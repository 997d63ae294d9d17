using System.Text.Json;
using System.Text.Json.Serialization;
using FastSignatureCache.AspNetCore.Entries;
using FastSignatureCache.AspNetCore.Maintenance;

namespace FastSignatureCache.AspNetCore;

/// <summary>How answers are written, whatever the host's own settings are.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SignatureCacheMetrics))]
[JsonSerializable(typeof(EntryPage))]
[JsonSerializable(typeof(CleanupResult))]
internal sealed partial class EndpointJsonContext : JsonSerializerContext;
