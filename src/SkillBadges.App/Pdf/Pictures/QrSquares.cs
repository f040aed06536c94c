using QRCoder;
using SkillBadges.App.Pdf.Writing;

namespace SkillBadges.App.Pdf.Pictures;

/// <summary>A QR code (ISO/IEC 18004:2015, level M) as black stretches, without the quiet zone: leave four squares of white around it.</summary>
internal static class QrSquares
{
    private const int QuietZone = 4;

    public static IReadOnlyList<Area> Of(string text, double left, double top, double size)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var count = rows.Count - (2 * QuietZone);
        var square = size / count;
        var areas = new List<Area>();
        for (var y = 0; y < count; y++)
        {
            for (var x = 0; x < count; x++)
            {
                var run = x;
                while (run < count && rows[y + QuietZone][run + QuietZone])
                {
                    run++;
                }

                if (run > x)
                {
                    areas.Add(new(left + (x * square), top + (y * square), (run - x) * square, square));
                    x = run;
                }
            }
        }

        return areas;
    }
}
