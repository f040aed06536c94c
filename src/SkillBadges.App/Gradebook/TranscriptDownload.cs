using System.Text;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <summary>Writes a transcript in one form or the other.</summary>
internal sealed class TranscriptDownload(IDocumentStore store, TranscriptSigning signing, EffectiveSettings settings, Typesetter typesetter, TimeProvider clock)
{
    /// <param name="T">The words of the document; what is signed has the words that were decided.</param>
    public async Task<byte[]> WriteAsync(Transcript transcript, bool isDocument, Texts T, CancellationToken cancellationToken)
    {
        if (!isDocument)
        {
            return Encoding.UTF8.GetBytes((await signing.SignAsync(transcript, cancellationToken)).Text);
        }

        var profile = await settings.ReadAsync(transcript.Issuer.Id, values => values.Profile, cancellationToken);
        return TranscriptPages.Draw(await store.TranslatedAsync(transcript, T.Language, cancellationToken), profile.Value, T, typesetter, clock.Now());
    }
}
