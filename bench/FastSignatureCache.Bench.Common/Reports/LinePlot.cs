using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace FastSignatureCache.Bench.Reports;

/// <summary>A plot of lines with a marker at each measured point, drawn by OxyPlot as SVG.</summary>
public sealed class LinePlot
{
    private static readonly MarkerType[] Markers = [MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Diamond];

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
            Legends = { new Legend { LegendPosition = LegendPosition.RightTop, LegendPlacement = LegendPlacement.Outside } },
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
            Title = name,
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
        new SvgExporter { Width = 960, Height = 480 }.Export(_model, file);
    }
}
