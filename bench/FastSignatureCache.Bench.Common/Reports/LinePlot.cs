using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace FastSignatureCache.Bench.Reports;

/// <summary>A plot of lines with a marker at each measured point, drawn by OxyPlot as SVG.</summary>
public sealed class LinePlot
{
    // What nearly all have in common says nothing in a legend.
    private const string JoinedKey = ", joined key";

    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

    // Tableau's ten colours, which stay apart on white.
    private static readonly OxyColor[] Colors =
    [
        .. new uint[] { 0x4E79A7, 0xE15759, 0x59A14F, 0xF28E2B, 0xB07AA1, 0x76B7B2, 0x9C755F, 0xEDC948, 0xFF9DA7, 0x79706E }
            .Select(static rgb => OxyColor.FromUInt32(0xFF000000 | rgb)),
    ];

    private readonly PlotModel _model;

    /// <summary>Creates an empty plot.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="acrossTitle">The axis of what was varied, with its unit.</param>
    /// <param name="upTitle">The axis of what was measured, with its unit.</param>
    /// <param name="isLogarithmic">Whether the axis of what was varied is logarithmic.</param>
    public LinePlot(string title, string acrossTitle, string upTitle, bool isLogarithmic)
    {
        Axis across = isLogarithmic ? new LogarithmicAxis() : new LinearAxis { MinimumMajorStep = 1, MinimumMinorStep = 1 };
        across.Position = AxisPosition.Bottom;
        across.Title = acrossTitle;
        _model = new PlotModel
        {
            Title = title,
            TitleFontWeight = FontWeights.Normal,
            Background = OxyColors.White,
            DefaultColors = Colors,

            // Fonts differ in width: room for a legend that is wider than the one that was laid out.
            Padding = new OxyThickness(8, 8, 56, 8),
            Axes =
            {
                across,
                new LinearAxis
                {
                    Position = AxisPosition.Left,
                    Title = upTitle,
                    AbsoluteMinimum = 0,
                    Minimum = 0,
                    MajorGridlineStyle = LineStyle.Dot,
                },
            },
            Legends =
            {
                new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside, LegendFontSize = 11 },
            },
        };
    }

    /// <summary>Adds a line.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="points">Its points, from left to right.</param>
    public void Add(string name, IEnumerable<(double Across, double Up)> points)
    {
        // The engine's own line comes first of all that are measured, and is the one to look for.
        var line = new LineSeries
        {
            Title = name.Replace(JoinedKey, "", StringComparison.Ordinal),
            MarkerType = Markers[_model.Series.Count % Markers.Length],
            StrokeThickness = name == Contenders.SignatureCacheContender.Name ? 3 : 1.5,
        };
        line.Points.AddRange(points.Select(point => new DataPoint(point.Across, point.Up)));
        _model.Series.Add(line);
    }

    /// <summary>Draws the plot.</summary>
    public void Save(string path)
    {
        using var file = File.Create(path);

        // Not all that draw SVG know how to align text vertically.
        new SvgExporter { Width = 960, Height = 480, UseVerticalTextAlignmentWorkaround = true }.Export(_model, file);
    }
}
