using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Packs;

namespace SkillBadges.App.Tests.Sharing;

/// <summary>One flipped byte anywhere in a pack, its container included, is named, and nothing is taken in.</summary>
[Collection(DistrictCollection.Name)]
public sealed class PackDamageTests(TestDistrict district)
{
    [Fact]
    public async Task One_flipped_byte_anywhere_is_named_and_nothing_is_taken_in()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        var pack = await district.OutsidePackAsync(learner.Person, withEvidence: true);
        var spans = Spans(pack);
        await using var app = await TestApp.StartAsync(settings => settings);
        var (school, student, registrar) = await TransferScene.CleanSchoolAsync(app);

        var flips = from at in Gen.Choose(0, pack.Length - 1) from mask in Gen.Choose(1, 255) select (At: at, Mask: (byte)mask);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(flips.ToArbitrary(), flip => IsNamedAsync(flip.At, flip.Mask).GetAwaiter().GetResult()));

        // The places that only the container has, each byte of them: the first header, and the end with its comment.
        foreach (var at in Enumerable.Range(0, 40).Concat(Enumerable.Range(pack.Length - 130, 130)))
        {
            Assert.True(await IsNamedAsync(at, 1), $"Byte {at}");
        }

        Assert.Empty((await app.Store.QueryAsync(CarriedEntryDocuments.Kind, CarriedEntryDocuments.ByLearner.Where(student.Value).Take(5), CancellationToken.None)).Items);
        Assert.True((await TransferScene.TakeInAsync(registrar, school, student, pack)).TakenIn);

        async Task<bool> IsNamedAsync(int at, byte mask)
        {
            var damaged = (byte[])pack.Clone();
            damaged[at] ^= mask;
            var report = await TransferScene.TakeInAsync(registrar, school, student, damaged);
            var files = report.Faults.Select(fault => fault.File).ToHashSet(StringComparer.Ordinal);
            return !report.TakenIn && files.Count > 0 && files.All(name => name.Length > 0)
                && (spans.FirstOrDefault(span => span.From <= at && at < span.To) is not { Name: { } name } || files.SetEquals([name]) || files.SetEquals([PackNames.Container]));
        }
    }

    [Fact]
    public async Task A_pack_that_was_unpacked_and_packed_again_is_taken_in()
    {
        var learner = await district.LearnerAsync();
        await district.ApprovedAsync(learner.Person);
        using var sealedPack = new ZipArchive(new MemoryStream(await district.OutsidePackAsync(learner.Person, withEvidence: true)));
        using var again = new MemoryStream();
        using (var zip = new ZipArchive(again, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in sealedPack.Entries)
            {
                await using var from = await entry.OpenAsync();
                await using var to = await zip.CreateEntry(entry.FullName).OpenAsync();
                await from.CopyToAsync(to);
            }
        }

        await using var app = await TestApp.StartAsync(settings => settings);
        var (school, student, registrar) = await TransferScene.CleanSchoolAsync(app);

        Assert.True((await TransferScene.TakeInAsync(registrar, school, student, again.ToArray())).TakenIn);
    }

    // Where the bytes of each file lie, by their headers (APPNOTE 4.3.7): what comes after belongs to the container.
    private static IReadOnlyList<(string? Name, int From, int To)> Spans(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        var spans = new List<(string? Name, int From, int To)>();
        var at = 0;
        foreach (var entry in zip.Entries)
        {
            at = pack.AsSpan(at).IndexOf(Encoding.ASCII.GetBytes(entry.FullName)) + at + entry.FullName.Length;
            Assert.Equal(entry.FullName.Length, BinaryPrimitives.ReadUInt16LittleEndian(pack.AsSpan(at - entry.FullName.Length - 4)));
            spans.Add((entry.FullName, at, at + (int)entry.CompressedLength));
            at += (int)entry.CompressedLength;
        }

        return spans;
    }
}
