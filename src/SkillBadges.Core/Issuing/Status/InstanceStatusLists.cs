using System.Text;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>Status lists under our own address come from the store, brought up to date first; all others through <paramref name="others"/>.</summary>
public sealed class InstanceStatusLists(StatusListPublisher publisher, InstanceAddress address, Fetch others)
{
    /// <summary>A <see cref="Fetch"/> for the verifier.</summary>
    public async ValueTask<Fetched> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        if (!url.OriginalString.StartsWith($"{address.BaseUrl}/", StringComparison.Ordinal))
        {
            return await others(url, cancellationToken);
        }

        if (address.StatusListOf(url.OriginalString) is not var (list, purpose))
        {
            return Fetched.NotFound;
        }

        try
        {
            await publisher.PublishAsync(list, cancellationToken);
            var published = await publisher.GetAsync(list, purpose, cancellationToken);
            return published.Form(SignedForm.VcJwtEs256) is { } form ? Fetched.Found(Encoding.ASCII.GetBytes(form.Text)) : Fetched.NotFound;
        }
        catch (RefusedException refused)
        {
            return refused.Kind == RefusalKind.NotFound ? Fetched.NotFound : Fetched.Unreachable;
        }
    }
}
