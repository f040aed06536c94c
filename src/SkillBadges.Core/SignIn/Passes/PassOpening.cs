using System.Globalization;
using System.Security.Cryptography;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn.Passes;

/// <summary>What the holder of a pass does with it: open the link, show a code on a new device, ask for a new link. Opening spends nothing.</summary>
public sealed class PassOpening(Commits commits, LetterWriting letters, KeyEncryptionKey keyEncryption, TimeProvider clock)
{
    private const int MostLinks = 20;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>The internship that a link leads to; changes nothing.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c> for a link that never was, was replaced or taken back, or whose internship has ended.</exception>
    public async Task<PlacementId> OpenAsync(string secret, CancellationToken cancellationToken) => (await ByLinkAsync(OneTimeLink.HashOf(secret), cancellationToken)).Document.Placement;

    /// <summary>Sends a code to where the school knows the supervisor to be.</summary>
    /// <param name="linkHash">Hash of the link that was opened: one that was replaced meanwhile is worth nothing.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>link.gone</c>, <c>pass.too-often</c>.</exception>
    public Task SendCodeAsync(string linkHash, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var pass = await ByLinkAsync(linkHash, attemptToken);
            var code = RandomNumberGenerator.GetInt32((int)Math.Pow(10, PassCode.Digits)).ToString("D6", CultureInfo.InvariantCulture);
            var changes = new Changes().Replace(PassDocuments.Kind, pass, pass.Document.SendCode(HashOf(code, pass.Document), now));
            letters.Write(changes, pass.Document.To, LetterKind.Code, code, now);
            return new Outcome<bool>(changes, true, pass.Id);
        },
        cancellationToken);

    /// <summary>Makes a device known.</summary>
    /// <returns>The internship, the device's secret for its cookie, and until when it opens anything.</returns>
    /// <exception cref="RefusedException"><c>link.gone</c>, <c>pass.wrong-code</c>: each wrong one is counted before it is refused.</exception>
    public async Task<(PlacementId Placement, string DeviceSecret, DateTimeOffset Until)> EnterCodeAsync(string linkHash, string code, CancellationToken cancellationToken)
    {
        var known = await commits.RunAsync(
            async attemptToken =>
            {
                var now = clock.Now();
                var pass = await ByLinkAsync(linkHash, attemptToken);
                var placement = await store.GetAsync(PlacementDocuments.Kind, pass.Id, "placement", attemptToken);
                var secret = NewId.Secret(32);
                var (next, isRight) = pass.Document.Try(HashOf(code.Trim(), pass.Document), new(OneTimeLink.HashOf(secret), now), now);
                return new Outcome<(PlacementId, string, DateTimeOffset)?>(
                    new Changes().Replace(PassDocuments.Kind, pass, next), isRight ? (pass.Document.Placement, secret, placement.Document.To) : null, pass.Id);
            },
            cancellationToken);
        return known ?? throw Refused.Unauthenticated("pass.wrong-code", "This is not the code, or it is older than ten minutes, or it was tried too often. Please ask for a new one.");
    }

    /// <summary>
    /// Sends new links for every internship for which the school knows this address; the old links end. The same happens, as far as whoever asks can tell, for
    /// an address that nobody knows.
    /// </summary>
    public async Task SendLinksAsync(Destination to, CancellationToken cancellationToken)
    {
        var known = await store.QueryAsync(PassDocuments.Kind, PassDocuments.ByAddress.Where(PassDocuments.HashOf(to.Address)).Descending().Take(MostLinks), cancellationToken);
        foreach (var read in known.Items)
        {
            await commits.RunAsync(attemptToken => SendLinkAsync(read.Id, attemptToken), cancellationToken);
        }
    }

    /// <summary>The pass that opens an internship on this device now, and the internship; null when there is none.</summary>
    public async Task<(SupervisorPass Pass, Placement Placement)?> FindAsync(string placement, string deviceSecret, CancellationToken cancellationToken)
    {
        var pass = await store.FindAsync(PassDocuments.Kind, placement, cancellationToken);
        var internship = await store.FindAsync(PlacementDocuments.Kind, placement, cancellationToken);
        return pass is not null && internship is not null && pass.Document.OpensAt(internship.Document, clock.Now()) && pass.Document.Knows(OneTimeLink.HashOf(deviceSecret))
            ? (pass.Document, internship.Document)
            : null;
    }

    private async Task<Outcome<bool>> SendLinkAsync(string id, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var changes = new Changes();
        if (await store.FindAsync(PassDocuments.Kind, id, cancellationToken) is { } pass
            && await store.FindAsync(PlacementDocuments.Kind, id, cancellationToken) is { } placement
            && pass.Document.OpensAt(placement.Document, now)
            && now - pass.Document.LinkSentAt >= SupervisorPass.BetweenLinks)
        {
            var secret = NewId.Random();
            changes.Replace(PassDocuments.Kind, pass, pass.Document.SendLink(OneTimeLink.HashOf(secret), now)).Require(PlacementDocuments.Kind, placement);
            letters.WriteLink(changes, pass.Document.To, LetterKind.PassLink, $"/pass/{secret}", now);
        }

        return new(changes, true, id);
    }

    private async Task<Read<SupervisorPass>> ByLinkAsync(string linkHash, CancellationToken cancellationToken)
    {
        var pass = await store.FirstAsync(PassDocuments.Kind, PassDocuments.ByLink.Where(linkHash), cancellationToken) ?? throw LinkReading.Gone();
        var placement = await store.FindAsync(PlacementDocuments.Kind, pass.Id, cancellationToken);
        return placement is not null && pass.Document.OpensAt(placement.Document, clock.Now()) ? pass : throw LinkReading.Gone();
    }

    private string HashOf(string code, SupervisorPass pass) => keyEncryption.Hash(code, $"pass-code:{pass.Placement.Value}");
}
