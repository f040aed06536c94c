using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;

namespace SkillBadges.Core.Tests.Reporting;

/// <summary>Each way in which a file can be broken is told by row, column and code.</summary>
public sealed class StateFileCheckTests
{
    private static readonly ImmutableArray<StateColumn> Columns =
    [
        new("record", StateField.Record, IsRequired: true), new("number", StateField.StateNumber, IsRequired: true), new("educator", StateField.EducatorId), new("share", StateField.Share, IsRequired: true),
        new("level", StateField.Level, Codes: ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("proficient", "31")])), new("proficient", StateField.Proficient),
        new("on", StateField.DecidedOn), new("year", StateField.SchoolYear), new("attempt", StateField.Attempt), new("course", StateField.CourseTitle),
    ];

    private const string Header = "record,number,educator,share,level,proficient,on,year,attempt,course\r\n";
    private const string Sound = "e1,1000,t1,60,31,true,2026-11-22,2027,1,Welding\r\ne1,1000,t2,40,31,true,2026-11-22,2027,1,Welding\r\n";

    [Theory]
    [InlineData("", 1, null, "header.missing")]
    [InlineData("\uFEFF" + Header, 1, null, "csv.byte-order-mark")]
    [InlineData("record,number,educator,share,level,proficient,on,year,attempt\r\n", 1, "course", "header.column-missing")]
    [InlineData("record,number,educator,share,level,proficient,on,year,attempt,course,more\r\n", 1, null, "header.unknown")]
    [InlineData("record,record,number,educator,share,level,proficient,on,year,attempt,course\r\n", 1, null, "header.twice")]
    [InlineData("number,record,educator,share,level,proficient,on,year,attempt,course\r\n", 1, "record", "header.order")]
    [InlineData(Header + "e1,1000,t1\r\n", 2, null, "csv.cells")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-11-22,2027,1,\"Welding\r\n", 2, "course", "csv.unterminated")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-11-22,2027,1,Wel\"ding\r\n", 2, "course", "csv.quote")]
    [InlineData(Header + "e1,,t1,100,31,true,2026-11-22,2027,1,Welding\r\n", 2, "number", "cell.required")]
    [InlineData(Header + "e1,1000,t1,101,31,true,2026-11-22,2027,1,Welding\r\n", 2, "share", "cell.percent")]
    [InlineData(Header + "e1,1000,t1,100,proficient,true,2026-11-22,2027,1,Welding\r\n", 2, "level", "cell.code")]
    [InlineData(Header + "e1,1000,t1,100,31,yes,2026-11-22,2027,1,Welding\r\n", 2, "proficient", "cell.flag")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-02-30,2027,1,Welding\r\n", 2, "on", "cell.date")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-11-22,26-27,1,Welding\r\n", 2, "year", "cell.year")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-11-22,2027,first,Welding\r\n", 2, "attempt", "cell.count")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-11-22,2027,1,=1+1\r\n", 2, "course", "cell.formula")]
    [InlineData(Header + "e1,1000,t1,100,31,true,2026-11-22,2027,1,Wel\u202Eding\r\n", 2, "course", "cell.text")]
    [InlineData(Header + Sound + "e1,1000,t2,40,31,true,2026-11-22,2027,1,Welding\r\n", 4, "educator", "row.twice")]
    [InlineData(Header + Sound + "e2,1000,t1,60,31,true,2026-11-22,2027,1,Welding\r\ne2,1000,t2,30,31,true,2026-11-22,2027,1,Welding\r\n", 4, "share", "row.shares")]
    public void A_broken_file_is_named_by_row_column_and_code(string text, long row, string? column, string code)
    {
        var report = Check(text);

        Assert.Contains((row, column, code), report.Faults.Select(fault => (fault.Row, fault.Column, fault.Code)));
        Assert.Equal(report.Count, report.Faults.Count);
    }

    [Fact]
    public void A_sound_file_has_no_faults_and_an_apostrophe_before_a_formula_is_none() =>
        Assert.Equal((3, 0L), (Check(Header + Sound + "e2,1000,t1,100,31,false,2026-11-22,2027,2,'=1+1\r\n").Rows, Check(Header + Sound).Count));

    [Fact]
    public void No_fault_repeats_what_a_cell_said()
    {
        var report = Check(Header + "e1,SECRET1,t1,SECRET2,SECRET3,SECRET4,SECRET5,SECRET6,SECRET7,=SECRET8\r\n");

        Assert.Equal(8, report.Count);
        Assert.DoesNotContain(report.Faults, fault => fault.ToString().Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_are_counted_and_the_first_ten_thousand_kept()
    {
        var report = Check(Header + string.Concat(Enumerable.Range(0, 10_001).Select(n => $"e{n},,t1,100,31,true,2026-11-22,2027,1,Welding\r\n")));

        Assert.Equal((10_001, 10_001, StateFileCheck.Kept), (report.Rows, report.Count, report.Faults.Count));
    }

    private static StateFileReport Check(string text) => StateFileCheck.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), Columns, CancellationToken.None);
}
