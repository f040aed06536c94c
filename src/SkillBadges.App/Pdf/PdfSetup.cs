using SkillBadges.App.Gradebook;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Text;

namespace SkillBadges.App.Pdf;

internal static class PdfSetup
{
    /// <summary>What draws documents. Fonts that the operator puts into <c>fonts</c> of the data folder come before those of the machine.</summary>
    public static void AddDocuments(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new FontLibrary([Path.Combine(settings.DataFolder, "fonts"), .. FontLibrary.SystemFolders])).AddSingleton<Typesetter>().AddSingleton<TranscriptDownload>();
    }
}
