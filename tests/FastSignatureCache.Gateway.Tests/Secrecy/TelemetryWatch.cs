using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>Hears all meters and all activity sources of the process, as a monitoring tool inside it does.</summary>
internal sealed class TelemetryWatch : IDisposable
{
    private readonly Observations _seen;
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;

    public TelemetryWatch(Observations seen)
    {
        _seen = seen;
        _meters.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = Observe,
            ActivityStopped = Observe,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    /// <summary>Asks the instruments that only tell when they are asked.</summary>
    public void Collect() => _meters.RecordObservableInstruments();

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Listen<T>()
        where T : struct =>
        _meters.SetMeasurementEventCallback<T>((instrument, _, tags, _) => _seen.Add(
            $"meter {instrument.Meter.Name}", $"{instrument.Name} {instrument.Description} {Text(tags.ToArray())} {Text(instrument.Tags)}"));

    private void Observe(Activity activity) => _seen.Add($"activity {activity.OperationName}", string.Join(
        '\n',
        [
            activity.DisplayName, activity.StatusDescription, activity.TraceStateString, Text(activity.TagObjects), Text(activity.Baggage),
            .. activity.Events.Select(static happened => $"{happened.Name} {Text(happened.Tags)}"),
            .. activity.Links.Select(static link => Text(link.Tags)),
        ]));

    private static string Text<T>(IEnumerable<KeyValuePair<string, T>>? tags) =>
        string.Join(' ', (tags ?? []).Select(static tag => $"{tag.Key}={tag.Value}"));
}
