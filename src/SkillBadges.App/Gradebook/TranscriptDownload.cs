using System.Text;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Gradebook;

/// <summary>Writes a transcript in one form or the other.</summary>
internal sealed class TranscriptDownload(TranscriptSigning signing, EffectiveSettings settings, Typesetter typesetter, TimeProvider clock)
{
    public async Task<byte[]> WriteAsync(Transcript transcript, bool isDocument, CancellationToken cancellationToken)
    {
        if (!isDocument)
        {
            return Encoding.UTF8.GetBytes((await signing.SignAsync(transcript, cancellationToken)).Text);
        }

        var profile = await settings.ReadAsync(transcript.Issuer.Id, values => values.Profile, cancellationToken);
        return TranscriptPages.Draw(transcript, profile.Value, typesetter, clock.Now());
    }
}
