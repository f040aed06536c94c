using System.Globalization;
using System.Text;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>The pack in words, for whoever opens it with nothing but an editor.</summary>
internal static class PackLegend
{
    public static string Of(Organization school, IEnumerable<ScaleSnapshot> scales)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Student record of {school.Name}.").AppendLine(PackManifest.Words).AppendLine();
        text.AppendLine("Each level is one of its own scale. Levels of different scales mean different things; nothing here was converted.");
        foreach (var (_, scale) in scales)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{scale.Name}, version {scale.Version}:");
            foreach (var level in scale.Levels)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {level.Label}{(level.Code == scale.ProficientCut ? " (proficient from here on)" : "")}: {level.Descriptor}");
            }
        }

        return text.ToString();
    }
}
