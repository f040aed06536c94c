using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Sharing;

/// <summary>How many consents about a learner wait for one voice.</summary>
internal sealed class AskedConsents(IDocumentStore store, ConsentReading consents)
{
    private const int Looks = 100;

    /// <param name="actor">The learner, or a guardian.</param>
    /// <param name="learner">About whom.</param>
    /// <param name="voice">Whose yes is missing.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<int> CountAsync(Actor actor, PersonId learner, ConsentVoice voice, CancellationToken cancellationToken)
    {
        var asked = 0;
        foreach (var school in await store.SchoolsAsync(learner, cancellationToken))
        {
            try
            {
                asked += (await consents.ListAsync(actor, learner, school.Id, query => query.Take(Looks), cancellationToken)).Items.Count(consent => consent.Missing.Contains(voice));
            }
            catch (RefusedException hidden) when (hidden.Kind == RefusalKind.NotFound)
            {
                // Another guardian's school: what it keeps is not this family's to see.
            }
        }

        return asked;
    }
}
